import { setTimeout as wait } from 'node:timers/promises'
import kafkajs, { type Kafka, type Message, type Producer, type ProducerBatch } from 'kafkajs'
import { isPassingKafkaError } from './kafka-error.ts'
import { soonOnceStopping } from './soon-once-stopping.ts'

export interface OutgoingMessage {
  readonly topic: string
  readonly key: Buffer | string | null
  readonly value: Buffer | string | null
  readonly headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[]>>
  /** Where the message must go, when its key does not say. */
  readonly partition?: number
}

export interface Placed {
  readonly topic: string
  readonly partition: number
}

export interface MessagePublisher {
  /** Resolves when every in-sync replica has the messages (acks=all); throws when any may be missing: send all of them again. An AbortError: it
   *  was told to stop, and Kafka did not take them soon. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>
  close(): Promise<void>
}

export interface MessagePublisherOptions {
  /** Once it is aborted a send is tried once only, and for a few seconds at most. */
  readonly stopping?: AbortSignal
  /** How many milliseconds; 4,000 when absent. */
  readonly patienceMs?: number
}

/** One producer. What one call publishes goes in portions, each when the one before is acknowledged. */
export async function createMessagePublisher(
  kafka: Pick<Kafka, 'producer'>,
  { stopping = new AbortController().signal, patienceMs = 4_000 }: MessagePublisherOptions = {},
): Promise<MessagePublisher> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    maxInFlightRequests: 1,
    // A repeat of kafkajs asks no broker that has answered: what moved to such a one meanwhile is never sent, and acknowledged all the same.
    retry: { retries: 0 },
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  return {
    publish: async (messages) => {
      for (const send of bySize(messages)) {
        const byTopic = new Map<string, Message[]>()
        for (const { topic, key, value, headers, partition } of send) {
          const list = byTopic.get(topic) ?? []
          list.push({
            key,
            value,
            ...(headers === undefined ? {} : { headers: { ...headers } }),
            ...(partition === undefined ? {} : { partition }),
          })
          byTopic.set(topic, list)
        }
        const topicMessages = [...byTopic].map(([topic, list]) => ({ topic, messages: list }))
        await sendWhole(producer, { acks: -1, topicMessages }, { stopping, patienceMs })
      }
    },
    close: () => producer.disconnect(),
  }
}

const mostTries = 9
const firstDelayMs = 100
const longestDelayMs = 5_000

/** Sends all of it until one try brings every acknowledgement, for about a quarter of a minute; a message may come twice. */
async function sendWhole(
  producer: Pick<Producer, 'sendBatch'>,
  batch: ProducerBatch,
  { stopping, patienceMs }: Required<MessagePublisherOptions>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      // One try may last as long as all of them: where all brokers are away, kafkajs connects again and again by itself.
      await soonOnceStopping(producer.sendBatch(batch), stopping, patienceMs)
      return
    } catch (error) {
      if (tried === mostTries || !isPassingKafkaError(error)) throw error
      stopping.throwIfAborted()
      await wait(Math.min(longestDelayMs, firstDelayMs * 2 ** (tried - 1)), undefined, { signal: stopping })
    }
  }
}

// kafkajs packs what goes to one partition into one batch, and a broker refuses a batch of more than a megabyte, for good.
const bytesAtOnce = 700_000

/** The messages in order, in portions that no broker refuses for their size; one that is larger by itself goes alone. */
export function* bySize(messages: readonly OutgoingMessage[]): Generator<readonly OutgoingMessage[]> {
  let portion: OutgoingMessage[] = []
  let bytes = 0
  for (const message of messages) {
    const size = sizeOf(message)
    if (portion.length > 0 && bytes + size > bytesAtOnce) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push(message)
    bytes += size
  }
  if (portion.length > 0) yield portion
}

function sizeOf({ key, value, headers = {} }: OutgoingMessage): number {
  const lengthOf = (part: Buffer | string | null) => (part === null ? 0 : Buffer.byteLength(part))
  const inHeaders = Object.entries(headers).flatMap(([name, text]) => [name, ...(Array.isArray(text) ? text : [text])])
  return lengthOf(key) + lengthOf(value) + inHeaders.reduce((sum, part) => sum + lengthOf(part) + 5, 50)
}
