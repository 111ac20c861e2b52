import kafkajs, { type Kafka } from 'kafkajs'

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
  /** Resolves when every in-sync replica has the messages (acks=all); throws when any may be missing: send all of them again. */
  publish(messages: readonly OutgoingMessage[]): Promise<void>
  close(): Promise<void>
}

/** One producer. Sends are queued one behind the other, so that a retry never overtakes what came after it. */
export async function createMessagePublisher(kafka: Kafka): Promise<MessagePublisher> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    maxInFlightRequests: 1,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  return {
    publish: async (messages) => {
      if (messages.length === 0) return
      const byTopic = new Map<
        string,
        {
          key: Buffer | string | null
          value: Buffer | string | null
          headers?: Record<string, Buffer | string | (Buffer | string)[]>
          partition?: number
        }[]
      >()
      for (const { topic, key, value, headers, partition } of messages) {
        const list = byTopic.get(topic) ?? []
        list.push({
          key,
          value,
          ...(headers === undefined ? {} : { headers: { ...headers } }),
          ...(partition === undefined ? {} : { partition }),
        })
        byTopic.set(topic, list)
      }
      await producer.sendBatch({
        acks: -1,
        topicMessages: [...byTopic].map(([topic, list]) => ({ topic, messages: list })),
      })
    },
    close: () => producer.disconnect(),
  }
}
