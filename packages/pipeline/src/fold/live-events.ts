import { identityOf, inOrder } from './event-order.ts'
import type { KnownEvent } from './known-event.ts'
import { type Revision, standing } from './standing.ts'

export type { Revision } from './standing.ts'

/**
 * The events that stand, in order, each once (reading 36).
 *
 * @param events one entity's events, in any order
 *
 * @param revisions every known event that supersedes or withdraws one of them, and, transitively, one of those; more
 * does no harm
 */
export function liveEvents(events: readonly KnownEvent[], revisions: readonly Revision[]): readonly KnownEvent[] {
  const ordered = inOrder(events)
  const own = ordered.map(revisionOf)
  if (
    revisions.length === 0 &&
    own.every(({ supersedes, withdraws }) => supersedes === undefined && withdraws === undefined)
  ) {
    return ordered
  }
  const stands = standing([...own, ...revisions])
  return ordered.filter((event) => stands.has(identityOf(event)))
}

/** What an event does to others, whatever its type: any may supersede, a withdrawal withdraws. */
export function revisionOf(event: KnownEvent): Revision {
  const { source, id, occurredAtMs, supersedes } = event
  return {
    source,
    id,
    occurredAtMs,
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(event.type === 'bina.event.withdrawn.v1' ? { withdraws: event.data.withdrawnId } : {}),
  }
}
