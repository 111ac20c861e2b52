import { topicName } from '@bina/events/topics'
import type { DeadLetter, DeadLetters } from '@bina/pipeline/ports/dead-letters'
import { isTooLargeForKafka } from './kafka-error.ts'
import type { MessagePublisher, OutgoingMessage } from './message-publisher.ts'

/** The dead-letter topic: original key, bytes and headers unchanged, and why beside them. A letter may come twice; its
 *  `bina-topic`, `bina-partition` and `bina-offset` say which it is. What the broker refuses for its size goes without its value,
 *  and if need be without its key and headers: the table dead_letter has all of it by then. */
export function createDeadLetters(
  publisher: Pick<MessagePublisher, 'publish'>,
  config: { readonly topicPrefix: string },
): DeadLetters {
  const topic = topicName(config.topicPrefix, 'bina.dead-letter.v1')
  const publishAlone = async (letter: DeadLetter) => {
    for (const form of [whole, withoutValue]) {
      try {
        return await publisher.publish([form(topic, letter)])
      } catch (error) {
        if (!isTooLargeForKafka(error)) throw error
      }
    }
    return publisher.publish([reasonAlone(topic, letter)])
  }
  return {
    publish: async (letters) => {
      try {
        await publisher.publish(letters.map((letter) => whole(topic, letter)))
      } catch (error) {
        if (!isTooLargeForKafka(error)) throw error
        // Nobody says which of them it was.
        for (const letter of letters) await publishAlone(letter)
      }
    },
  }
}

// What a publisher packed small may unpack to more than any topic takes.
const valueBytesAtMost = 3_500_000

// kafkajs takes time by the square of a key's length to choose a partition: minutes for one that a topic takes, in which no worker
// keeps its place. Whoever looks for such a letter does not look by its key.
const keyBytesAtMost = 2_000

function keyed({ key }: DeadLetter): Pick<OutgoingMessage, 'key' | 'partition'> {
  return (key?.length ?? 0) > keyBytesAtMost ? { key, partition: 0 } : { key }
}

function whole(topic: string, letter: DeadLetter): OutgoingMessage {
  if ((letter.value?.length ?? 0) > valueBytesAtMost) return withoutValue(topic, letter)
  return { topic, ...keyed(letter), value: letter.value, headers: { ...ownHeaders(letter), ...reasonHeaders(letter) } }
}

function withoutValue(topic: string, letter: DeadLetter): OutgoingMessage {
  const leftOut = { 'bina-value': 'left out: too large for a topic; the table dead_letter has it' }
  return {
    topic,
    ...keyed(letter),
    value: null,
    headers: { ...ownHeaders(letter), ...leftOut, ...reasonHeaders(letter) },
  }
}

function reasonAlone(topic: string, letter: DeadLetter): OutgoingMessage {
  const leftOut = { 'bina-value': 'left out with key and headers: too large for a topic; the table dead_letter has it' }
  return { topic, key: null, value: null, headers: { ...leftOut, ...reasonHeaders(letter) } }
}

function ownHeaders({ headers }: DeadLetter): Record<string, Buffer | string | (Buffer | string)[]> {
  const own: Record<string, Buffer | string | (Buffer | string)[]> = {}
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) own[name] = value
  return own
}

function reasonHeaders(letter: DeadLetter): Record<string, string> {
  return {
    'bina-reason': letter.reason,
    'bina-detail': letter.detail,
    'bina-topic': letter.topic,
    'bina-partition': String(letter.partition),
    'bina-offset': String(letter.offset),
    'bina-at': new Date(letter.atMs).toISOString(),
  }
}
