import type { Lane } from '@bina/events/topics'
import type { EventPublisher } from '@bina/kafka/event-publisher'
import type { KafkaLog } from '@bina/kafka/kafka-log'
import { type EventTransport, TransportError } from './transport.ts'

export interface KafkaTransportConfig {
  readonly brokers: readonly string[]
  readonly clientId?: string
  /** Where a cluster is shared: what stands before every topic. */
  readonly topicPrefix?: string
  /** `backfill` for history: months of events, which Bina takes in behind everything live. */
  readonly lane?: Lane
  readonly tls?: boolean
  readonly tlsCaFile?: string
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
    readonly username: string
    readonly password: string
  }
  /** What the Kafka client says of itself; a pino logger fits. Silent without it. */
  readonly log?: KafkaLog
}

const silence = () => {}
const silent: KafkaLog = { error: silence, warn: silence, info: silence, debug: silence }

/** Straight to Kafka with acks=all: an event is acknowledged when every in-sync replica has it. Connects at the first publish. */
export function createKafkaTransport(config: KafkaTransportConfig): EventTransport {
  const { brokers, clientId = 'bina-client', topicPrefix = '', lane, tls, tlsCaFile, sasl, log = silent } = config
  interface Connection {
    readonly publisher: EventPublisher
    readonly isPassing: (error: unknown) => boolean
    close(): Promise<void>
  }
  let connection: Promise<Connection> | undefined

  const connect = async (): Promise<Connection> => {
    // Only here, so that a system which speaks HTTP loads no Kafka client.
    const [{ connectKafka }, { createMessagePublisher }, { createEventPublisher }, { isPassingKafkaError }] =
      await Promise.all([
        import('@bina/kafka/connect'),
        import('@bina/kafka/message-publisher'),
        import('@bina/kafka/event-publisher'),
        import('@bina/kafka/kafka-error'),
      ])
    try {
      const messages = await createMessagePublisher(connectKafka({ brokers, clientId, tls, tlsCaFile, sasl }, { log }))
      return {
        publisher: createEventPublisher(messages, { topicPrefix }),
        isPassing: isPassingKafkaError,
        close: messages.close,
      }
    } catch (cause) {
      throw failure(cause, isPassingKafkaError(cause))
    }
  }

  return {
    maxEvents: 10_000,
    maxBytes: 8 * 1024 * 1024,
    publish: async (events) => {
      connection ??= connect()
      const opened = await connection.catch((error: unknown) => {
        // The next try connects anew.
        connection = undefined
        throw error
      })
      try {
        await opened.publisher.publish(events, lane)
      } catch (cause) {
        throw failure(cause, opened.isPassing(cause))
      }
      return events.map(() => ({ status: 'accepted' as const }))
    },
    close: async () => {
      const opened = await connection?.catch(() => undefined)
      await opened?.close()
    },
  }
}

function failure(cause: unknown, passing: boolean): TransportError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new TransportError('kafka', `Kafka did not acknowledge: ${why}`, { passing, cause })
}
