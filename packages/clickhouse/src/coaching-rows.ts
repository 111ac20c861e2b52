import type { CoachingItem } from '@bina/pipeline/fold/coaching'
import type { FoldedCoaching } from '@bina/pipeline/ports/folded-store'

/** One unit's coaching as JSONEachRow takes it: each item with the unit, and with its coach's; taken back where it no longer stands. */
export function* coachingRows({ aboutUnitId, items, everPlaced }: FoldedCoaching, readAt: string) {
  const placeOf = (unitId: string, kind: string, itemId: string) => `${unitId}|${kind}|${itemId}`
  const standing = new Set<string>()
  for (const item of items) {
    for (const unitId of new Set([aboutUnitId, item.coachUnitId ?? aboutUnitId])) {
      standing.add(placeOf(unitId, item.kind, item.itemId))
      yield coachingRow(unitId, item, readAt)
    }
  }
  for (const { unitId, kind, itemId } of everPlaced) {
    if (standing.has(placeOf(unitId, kind, itemId))) continue
    yield { unit_id: unitId, about_unit_id: aboutUnitId, kind, item_id: itemId, version: readAt, is_deleted: 1 }
  }
}

/** A coach answers for whether sessions and actions come to be, not for the unit's findings and facilities. */
const measuresOfCoach: ReadonlySet<string> = new Set(['K1', 'K2', 'K3'])

function coachingRow(unitId: string, item: CoachingItem, readAt: string) {
  const facts =
    unitId === item.aboutUnitId ? item.facts : item.facts.filter(({ measure }) => measuresOfCoach.has(measure))
  return {
    unit_id: unitId,
    about_unit_id: item.aboutUnitId,
    kind: item.kind,
    item_id: item.itemId,
    coach_unit_id: item.coachUnitId ?? '',
    code: item.code,
    raised_from: item.raisedFrom,
    opened_at: item.openedAtMs,
    due_on: item.dueOn ?? null,
    closed_at: item.closedAtMs ?? null,
    outcome: item.outcome,
    'fact.measure': facts.map(({ measure }) => measure),
    'fact.on': facts.map(({ on }) => on),
    'fact.numerator': facts.map(({ numerator }) => numerator),
    'fact.denominator': facts.map(({ denominator }) => denominator),
    version: readAt,
    is_deleted: 0,
  }
}
