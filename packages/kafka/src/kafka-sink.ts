import { type TopicName, topicName } from '@bina/events/topics'
import { connectKafka, type KafkaSettings } from './connect.ts'
import { createEventPublisher, type EventPublisher } from './event-publisher.ts'
import { isPassingKafkaError } from './kafka-error.ts'
import type { KafkaLog } from './kafka-log.ts'
import { createMessagePublisher } from './message-publisher.ts'
import { reachKafka, whyNotReached } from './reach-kafka.ts'

/**
 * Where a door that takes events over HTTP puts them, as whoever waits for Kafka wants it: how to reach it, whether waiting may help, and
 * what is missing. Each event carries the instant at which the door took it (`bina-ingested-at`).
 */
export function kafkaSink(
  config: { readonly settings: KafkaSettings; readonly topicPrefix: string; readonly topics: readonly TopicName[] },
  deps: { readonly log: KafkaLog; readonly clock: () => number },
) {
  const { settings, topicPrefix } = config
  const { log, clock } = deps
  const kafka = connectKafka(settings, { log })
  const topics = config.topics.map((name) => topicName(topicPrefix, name))
  const headers = () => ({ 'bina-ingested-at': new Date(clock()).toISOString() })
  return {
    connect: async (signal: AbortSignal): Promise<EventPublisher & { close(): Promise<void> }> => {
      await reachKafka(settings, { topics, log, signal })
      const publisher = await createMessagePublisher(kafka)
      const { publish } = createEventPublisher(publisher, { topicPrefix, headers })
      return { publish, close: publisher.close }
    },
    isPassing: isPassingKafkaError,
    explain: (error: unknown) => whyNotReached(error, settings.brokers),
  }
}
