import type { Kafka } from 'kafkajs'
import { createMessagePublisher, type MessagePublisher } from './message-publisher.ts'

export interface LatePublisher extends Pick<MessagePublisher, 'publish'> {
  readonly name: string
  start(): Promise<void>
  stop(): Promise<void>
}

/** A publisher that is made before Kafka is reached and connects when it is started. */
export function createLatePublisher(kafka: Pick<Kafka, 'producer'>): LatePublisher {
  let connected: MessagePublisher | undefined
  return {
    name: 'publisher',
    start: async () => {
      connected = await createMessagePublisher(kafka)
    },
    stop: async () => {
      await connected?.close()
    },
    publish: async (messages) => {
      if (connected === undefined) throw new Error('the publisher was not started')
      await connected.publish(messages)
    },
  }
}
