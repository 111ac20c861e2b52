import { createEntityLog } from '@bina/clickhouse/entity-log'
import { coachingItemRow, factsOfCoachingItem, unitKnown } from '@bina/clickhouse/moved-figures'
import { coachingItemOf } from '@bina/pipeline/fold/coaching-item'
import type { Identity } from '@bina/pipeline/ports/entity-log'
import { readEntities } from '@bina/pipeline/score/read-entities'
import type { Moved } from './trace-result.ts'
import { type MovedDeps, unitFigures } from './unit-figures.ts'

/** The sessions, actions, findings, inspections and objections that these events tell of, and what counts each: no score does. */
export async function movedCoaching(
  deps: MovedDeps,
  aboutUnitId: string,
  entity: string,
  events: readonly Identity[],
): Promise<readonly Moved[]> {
  const { clickhouse } = deps
  const { byEntity } = await readEntities(createEntityLog(clickhouse), [entity])
  const items = new Map(
    (byEntity.get(entity)?.all ?? [])
      .filter((event) => events.some(({ source, id }) => source === event.source && id === event.id))
      .flatMap((event) => coachingItemOf(event) ?? [])
      .map((item) => [`${item.kind}|${item.itemId}`, item]),
  )
  const known = await unitKnown(clickhouse, aboutUnitId)
  return Promise.all(
    [...items.values()].map(async ({ kind, itemId }): Promise<Moved> => {
      const asked = { aboutUnitId, kind, itemId }
      const facts = await factsOfCoachingItem(clickhouse, asked)
      return {
        what: 'coaching',
        ...asked,
        known,
        row: await coachingItemRow(clickhouse, asked),
        units: await unitFigures(deps, facts, facts, new Map(), undefined),
      }
    }),
  )
}
