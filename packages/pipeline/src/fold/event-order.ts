/** What places an event in the order of all events. */
export interface Placed {
  readonly source: string
  readonly id: string
  readonly occurredAtMs: number
}

/**
 * The order of events everywhere: (`time`, `source`, `id`), texts by code unit, so that every machine agrees (reading
 * 33a).
 */
export function compareEvents(a: Placed, b: Placed): number {
  return a.occurredAtMs - b.occurredAtMs || compareText(a.source, b.source) || compareText(a.id, b.id)
}

/** One text for an event's identity (source, id); a source, being a URI reference, holds no line feed. */
export function identityOf(event: { readonly source: string; readonly id: string }): string {
  return `${event.source}\n${event.id}`
}

/**
 * The events in order, each identity once. A store never gives two contents under one identity; should it, the one
 * taken in first stands, so that a repeat changes nothing.
 */
export function inOrder<E extends Placed & { readonly ingestedAtMs: number }>(events: readonly E[]): readonly E[] {
  const byIdentity = new Map<string, E>()
  for (const event of events) {
    const identity = identityOf(event)
    const other = byIdentity.get(identity)
    if (other === undefined || event.ingestedAtMs < other.ingestedAtMs) byIdentity.set(identity, event)
  }
  return [...byIdentity.values()].sort(compareEvents)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
