import type { EventData, EventType } from '@bina/events/service-event'

/**
 * An accepted event of one type, as the folds read it back from `events`: identity, time and data, without the
 * envelope's rest.
 */
export interface KnownEventOf<T extends EventType> {
  readonly source: string
  readonly id: string
  readonly type: T
  readonly occurredAtMs: number
  readonly ingestedAtMs: number
  /** The id, of the same source, of the event that this one replaces. */
  readonly supersedes?: string
  readonly data: EventData[T]
}

/** One accepted event of any type; `type` tells which `data` it has. */
export type KnownEvent = { [T in EventType]: KnownEventOf<T> }[EventType]
