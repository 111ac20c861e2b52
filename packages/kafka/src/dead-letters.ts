import { topicName } from '@bina/events/topics'
import type { DeadLetter, DeadLetters } from '@bina/pipeline/ports/dead-letters'
import type { MessagePublisher, OutgoingMessage } from './message-publisher.ts'

/** The dead-letter topic: original key, bytes and headers unchanged, and why beside them. A letter may come twice; its
 *  `bina-topic`, `bina-partition` and `bina-offset` say which it is. */
export function createDeadLetters(
  publisher: Pick<MessagePublisher, 'publish'>,
  config: { readonly topicPrefix: string },
): DeadLetters {
  const topic = topicName(config.topicPrefix, 'bina.dead-letter.v1')
  return { publish: (letters) => publisher.publish(letters.map((letter) => toMessage(topic, letter))) }
}

// What a publisher packed small may unpack to more than any topic takes. Its bytes are in the table dead_letter by then.
const valueBytesAtMost = 3_500_000

function toMessage(topic: string, letter: DeadLetter): OutgoingMessage {
  const tooLarge = (letter.value?.length ?? 0) > valueBytesAtMost
  const headers: Record<string, Buffer | string | (Buffer | string)[]> = {}
  for (const [name, value] of Object.entries(letter.headers)) if (value !== undefined) headers[name] = value
  return {
    topic,
    key: letter.key,
    value: tooLarge ? null : letter.value,
    headers: {
      ...headers,
      ...(tooLarge ? { 'bina-value': 'left out: too large for a topic; the table dead_letter has it' } : {}),
      'bina-reason': letter.reason,
      'bina-detail': letter.detail,
      'bina-topic': letter.topic,
      'bina-partition': String(letter.partition),
      'bina-offset': String(letter.offset),
      'bina-at': new Date(letter.atMs).toISOString(),
    },
  }
}
