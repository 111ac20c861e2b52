import type { KnownEvent } from '../fold/known-event.ts'
import { liveEvents, type Revision } from '../fold/live-events.ts'
import type { EntityEventRow, EntityLog, Identity, RevisionRow } from '../ports/entity-log.ts'

export interface EntityEvents {
  /** The events that stand, in order. */
  readonly live: readonly KnownEvent[]
  /** Every event ever accepted, with those that are taken back and those that lost their identity. */
  readonly all: readonly KnownEvent[]
}

// Bounds what one question brings into memory.
const chunkSize = 1_000

export function chunks<T>(items: readonly T[], size: number = chunkSize): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}

/** All events of these entities, with what supersedes or withdraws them taken into account, and the server's time of the first read. */
export async function readEntities(
  log: EntityLog,
  entities: readonly string[],
): Promise<{ readonly readAt: string; readonly byEntity: ReadonlyMap<string, EntityEvents> }> {
  if (entities.length === 0) return { readAt: '', byEntity: new Map() }
  // The version of all of them is the time before the first is read; they may then be read side by side.
  const readAt = await log.serverTime()
  return { readAt, byEntity: await eventsByEntity(log, entities) }
}

/** The same, for rows that get no version from it. */
export async function eventsByEntity(
  log: EntityLog,
  entities: readonly string[],
): Promise<ReadonlyMap<string, EntityEvents>> {
  const read = await Promise.all(chunks(entities).map((chunk) => log.eventsOf(chunk)))
  const rows = read.flatMap(({ events }) => events)
  const revisions = await closeOverRevisions(
    log,
    rows,
    read.flatMap((one) => one.revisions),
  )
  const revised = new Set(
    revisions.flatMap(({ source, supersedes, withdraws }) =>
      [supersedes, withdraws].flatMap((id) => (id === undefined ? [] : [nameOf({ source, id })])),
    ),
  )
  const grouped = new Map(entities.map((entity) => [entity, { all: [] as KnownEvent[], valid: [] as KnownEvent[] }]))
  for (const row of rows) {
    const event = toKnownEvent(row)
    const group = grouped.get(row.entity)
    group?.all.push(event)
    if (!row.hasLost) group?.valid.push(event)
  }
  const byEntity = new Map<string, EntityEvents>()
  for (const [entity, { all, valid }] of grouped) {
    // Corrections are few: most entities are spared the look at all of them.
    const isRevised = revised.size > 0 && valid.some((event) => revised.has(nameOf(event)))
    byEntity.set(entity, { all, live: liveEvents(valid, isRevised ? revisions : []) })
  }
  return byEntity
}

/** What revises these events, what revises that, and so on: mostly nothing, then nothing more is asked. */
async function closeOverRevisions(
  log: EntityLog,
  events: readonly Identity[],
  revisions: readonly RevisionRow[],
): Promise<readonly Revision[]> {
  if (revisions.length === 0) return []
  const found = new Map<string, Revision>()
  const asked = new Set(events.map(nameOf))
  let next = revisions
  while (next.length > 0) {
    for (const row of next) {
      const { source, id, occurredAtMs, targetId, kind } = row
      found.set(nameOf(row), { ...(found.get(nameOf(row)) ?? { source, id, occurredAtMs }), [kind]: targetId })
    }
    const fresh = next.filter((target) => !asked.has(nameOf(target)))
    for (const target of fresh) asked.add(nameOf(target))
    next = (await Promise.all(chunks(fresh).map((chunk) => log.revisionsOf(chunk)))).flat()
  }
  return [...found.values()]
}

const nameOf = ({ source, id }: Identity) => `${source}\u0000${id}`

function toKnownEvent(row: EntityEventRow): KnownEvent {
  const { source, id, type, occurredAtMs, ingestedAtMs, supersedes } = row
  return {
    source,
    id,
    type,
    occurredAtMs,
    ingestedAtMs,
    ...(supersedes === '' ? {} : { supersedes }),
    data: JSON.parse(row.data),
  } as KnownEvent // decoded before it was stored: the type says what the data hold
}
