import type { KnownEvent } from './known-event.ts'

/** What one event does to another of the same source: replaces it, takes it back, or (a withdrawal that is a correction) both. */
export interface Revision {
  readonly source: string
  readonly id: string
  readonly occurredAtMs: number
  /** The id of the event that this one replaces. */
  readonly supersedes?: string
  /** The id of the event that this one takes back. */
  readonly withdraws?: string
}

/** The events that stand, in order, each once. */
export function liveEvents(events: readonly KnownEvent[], revisions: readonly Revision[]): readonly KnownEvent[] {
  throw new Error(`not yet: ${events.length} ${revisions.length}`)
}
