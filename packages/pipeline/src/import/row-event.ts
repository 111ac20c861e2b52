import type { Outcome } from '@bina/domain/outcome'
import { checkEvent } from '@bina/events/check-event'
import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import type { EventData, EventType, ServiceEvent } from '@bina/events/service-event'
import { zonedTime } from './local-instant.ts'

export interface EventMakerConfig {
  readonly source: string
  readonly zone: string
  readonly nowMs: number
}

export type EventMaker = <T extends EventType>(
  type: T,
  id: string,
  subject: string,
  occurredAtMs: number,
  data: EventData[T],
) => Outcome<ServiceEvent<T>, DeadLetterReason>

/** Makes events as a publisher would and holds each against the contract, so that nothing which would become a dead letter is published. */
export function createEventMaker({ source, zone, nowMs }: EventMakerConfig): EventMaker {
  return <T extends EventType>(type: T, id: string, subject: string, occurredAtMs: number, data: EventData[T]) => {
    const attributes = { specversion: '1.0', source, id, type, subject, time: zonedTime(zone, occurredAtMs) }
    // The check gives back the type that it was given.
    return checkEvent(attributes, data, undefined, nowMs) as Outcome<ServiceEvent<T>, DeadLetterReason>
  }
}
