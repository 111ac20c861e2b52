import type { Revision } from '@bina/pipeline/fold/live-events'
import type { EntityLog, Identity } from '@bina/pipeline/ports/entity-log'

/** What supersedes or withdraws an event, what does that to those, and so on: all that decides whether it stands. */
export async function revisionsOver(
  log: Pick<EntityLog, 'revisionsOf'>,
  event: Identity,
): Promise<readonly Revision[]> {
  const found = new Map<string, Revision>()
  const asked = new Set([event.id])
  let targets: readonly Identity[] = [event]
  while (targets.length > 0) {
    const rows = await log.revisionsOf(targets)
    for (const { source, id, occurredAtMs, targetId, kind } of rows) {
      found.set(id, { ...(found.get(id) ?? { source, id, occurredAtMs }), [kind]: targetId })
    }
    // All are of one source: a correction names its target by id alone.
    targets = rows.filter(({ id }) => !asked.has(id)).map(({ id }) => ({ source: event.source, id }))
    for (const { id } of targets) asked.add(id)
  }
  return [...found.values()]
}
