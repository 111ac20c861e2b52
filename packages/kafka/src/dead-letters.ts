import { topicName } from '@bina/events/topics'
import type { DeadLetter, DeadLetters } from '@bina/pipeline/ports/dead-letters'
import type { MessagePublisher, OutgoingMessage } from './message-publisher.ts'

/** The dead-letter topic: original key, bytes and headers unchanged, and why beside them. A letter may come twice; its
 *  `bina-topic`, `bina-partition` and `bina-offset` say which it is. */
export function createDeadLetters(publisher: MessagePublisher, config: { readonly topicPrefix: string }): DeadLetters {
  const topic = topicName(config.topicPrefix, 'bina.dead-letter.v1')
  return { publish: (letters) => publisher.publish(letters.map((letter) => toMessage(topic, letter))) }
}

function toMessage(topic: string, letter: DeadLetter): OutgoingMessage {
  const headers: Record<string, Buffer | string | (Buffer | string)[]> = {}
  for (const [name, value] of Object.entries(letter.headers)) if (value !== undefined) headers[name] = value
  return {
    topic,
    key: letter.key,
    value: letter.value,
    headers: {
      ...headers,
      'bina-reason': letter.reason,
      'bina-detail': letter.detail,
      'bina-topic': letter.topic,
      'bina-partition': String(letter.partition),
      'bina-offset': String(letter.offset),
      'bina-at': new Date(letter.atMs).toISOString(),
    },
  }
}
