import { type ContentMode, encodeEvent } from '@bina/events/encode-event'
import type { ServiceEvent } from '@bina/events/service-event'
import { attendanceTopic, type TopicName, topicName, topicOf } from '@bina/events/topics'
import type { MessagePublisher } from './message-publisher.ts'

export type EventToPublish = Parameters<typeof encodeEvent>[0]

export interface EventPublisher {
  /** Resolves when Kafka has acknowledged every event with acks=all. When it throws, any of them may be missing: publish all
   *  of them again, a repeat changes nothing. */
  publish(events: readonly EventToPublish[]): Promise<void>
}

export interface EventPublisherConfig {
  readonly topicPrefix: string
  readonly mode?: ContentMode
  /** Headers that every message gets, such as the HTTP door's clock. */
  readonly headers?: () => Readonly<Record<string, string>>
}

/** Publishes events on the topic of their type. A withdrawal may stand on any: it takes the attendance topic. */
export function createEventPublisher(publisher: MessagePublisher, config: EventPublisherConfig): EventPublisher {
  const topicFor = (event: Pick<ServiceEvent, 'type'>) =>
    topicName(config.topicPrefix, (topicOf(event.type) ?? attendanceTopic) as TopicName)
  return {
    publish: (events) =>
      publisher.publish(
        events.map((event) => {
          const { key, value, headers } = encodeEvent(event, config.mode)
          return { topic: topicFor(event), key, value, headers: { ...headers, ...config.headers?.() } }
        }),
      ),
  }
}
