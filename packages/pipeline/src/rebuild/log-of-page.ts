import type { EntityEventRow, EntityLog, EntityPage } from '../ports/entity-log.ts'

/**
 * The log as a fold asks it, which has a page in memory already and gives `readAt` as its time: what came in after that instant is
 * folded once more when the rebuild has ended. `withoutEvents` are entities of which no event is known to tell; of all others it asks
 * the log itself.
 */
export function logOfPage(
  log: EntityLog,
  { entities, events, revisions }: EntityPage,
  { readAt, withoutEvents = [] }: { readonly readAt: string; readonly withoutEvents?: readonly string[] },
): EntityLog {
  const known = new Map<string, EntityEventRow[]>()
  for (const entity of [...entities, ...withoutEvents]) known.set(entity, [])
  for (const event of events) known.get(event.entity)?.push(event)
  return {
    ...log,
    serverTime: async () => readAt,
    eventsOf: async (asked) => {
      const unknown = asked.filter((entity) => !known.has(entity))
      const others = unknown.length > 0 ? await log.eventsOf(unknown) : { events: [], revisions: [] }
      return {
        events: [...asked.flatMap((entity) => known.get(entity) ?? []), ...others.events],
        revisions: [...revisions, ...others.revisions],
      }
    },
  }
}
