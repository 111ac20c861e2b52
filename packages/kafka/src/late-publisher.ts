import type { Kafka } from 'kafkajs'
import { createMessagePublisher, type MessagePublisher } from './message-publisher.ts'
import { soonOnceStopping } from './soon-once-stopping.ts'

interface Part {
  readonly name: string
  start(): Promise<void>
  stop(): Promise<void>
}

export interface LatePublisher extends Pick<MessagePublisher, 'publish'>, Part {
  /** Its stop ends all trying again, so that whoever publishes and stops with it does not wait for brokers that are away; the first try of what
   *  is still published has a few seconds. To be stopped together with them, while the publisher itself is stopped after them. */
  readonly patience: Part
}

const patienceMs = 4_000

/** A publisher that is made before Kafka is reached and connects when it is started. */
export function createLatePublisher(kafka: Pick<Kafka, 'producer'>): LatePublisher {
  const stopping = new AbortController()
  let connected: MessagePublisher | undefined
  return {
    name: 'publisher',
    start: async () => {
      connected = await createMessagePublisher(kafka, { stopping: stopping.signal, patienceMs })
    },
    stop: async () => {
      stopping.abort()
      const closed = connected?.close()
      // kafkajs says goodbye only when every answer that is owed has come.
      await soonOnceStopping(Promise.resolve(closed), stopping.signal, patienceMs).catch((error: unknown) => {
        if (error !== stopping.signal.reason) throw error
      })
    },
    patience: {
      name: "publisher's patience",
      start: async () => {},
      stop: async () => stopping.abort(),
    },
    publish: async (messages) => {
      if (connected === undefined) throw new Error('the publisher was not started')
      await connected.publish(messages)
    },
  }
}
