import { type ContentMode, encodeEvent } from '@bina/events/encode-event'
import type { ServiceEvent } from '@bina/events/service-event'
import { attendanceTopic, type Lane, topicInLane, topicName, topicOf } from '@bina/events/topics'
import type { MessagePublisher } from './message-publisher.ts'

export type EventToPublish = Parameters<typeof encodeEvent>[0]

export interface EventPublisher {
  /** Resolves when Kafka has acknowledged every event with acks=all. When it throws, any of them may be missing: publish all
   *  of them again, a repeat changes nothing. History goes by its own lane, so that what happens now does not wait for it. */
  publish(events: readonly EventToPublish[], lane?: Lane): Promise<void>
}

export interface EventPublisherConfig {
  readonly topicPrefix: string
  readonly mode?: ContentMode
  /** Headers that every message gets, such as the HTTP door's clock. */
  readonly headers?: () => Readonly<Record<string, string>>
}

/** Publishes events on the topic of their type, in the live lane unless told otherwise. A withdrawal may stand on any: it takes the attendance topic. */
export function createEventPublisher(publisher: MessagePublisher, config: EventPublisherConfig): EventPublisher {
  const topicFor = (event: Pick<ServiceEvent, 'type'>, lane: Lane) =>
    topicName(config.topicPrefix, topicInLane(topicOf(event.type) ?? attendanceTopic, lane))
  return {
    publish: (events, lane = 'live') =>
      publisher.publish(
        events.map((event) => {
          const { key, value, headers } = encodeEvent(event, config.mode)
          return { topic: topicFor(event, lane), key, value, headers: { ...headers, ...config.headers?.() } }
        }),
      ),
  }
}
