import type { EventData, EventType } from './event-data.ts'

export type { EventData, EventType } from './event-data.ts'

/** What decides where an event goes: its type, its entity and what it says. */
export type EventContent<T extends EventType = EventType> = {
  readonly [K in T]: { readonly type: K; readonly subject: string; readonly data: EventData[K] }
}[T]

interface Attributes {
  /** URI reference of the publishing system; (`source`, `id`) is the identity. */
  readonly source: string
  readonly id: string
  readonly subject: string
  /** When it happened in the world, epoch ms; what `time` says. */
  readonly occurredAtMs: number
  /** As the publisher wrote it: RFC 3339 with an offset. */
  readonly time: string
  readonly dataschema?: string
  /** The id (same source) of the event that this one replaces. */
  readonly supersedes?: string
}

/** An accepted event. A union over the types: asking for `type` tells what `data` holds. */
export type ServiceEvent<T extends EventType = EventType> = {
  readonly [K in T]: Attributes & { readonly type: K; readonly data: EventData[K] }
}[T]
