import { compareText, type EventPosition, identityOf, type OracleEvent } from './event.ts'

function earlier(a: EventPosition, b: EventPosition): boolean {
  const difference =
    a.recordMs - b.recordMs || compareText(a.topic, b.topic) || a.partition - b.partition || a.offset - b.offset
  return difference < 0
}

/** One event per identity (source, id): the one that lay first on the broker. */
export function winnersOf(events: Iterable<OracleEvent>): OracleEvent[] {
  const winners = new Map<string, OracleEvent>()
  for (const event of events) {
    const identity = identityOf(event.source, event.id)
    const known = winners.get(identity)
    if (known === undefined || earlier(event.position, known.position)) winners.set(identity, event)
  }
  return [...winners.values()]
}
