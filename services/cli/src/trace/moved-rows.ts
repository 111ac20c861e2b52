import {
  complaintRow,
  factsOfComplaint,
  factsOfPersonDay,
  heldSpans,
  nextChangeMs,
  personDayRow,
  unitKnown,
} from '@bina/clickhouse/moved-figures'
import type { PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { parseEntity } from '@bina/pipeline/fold/entity'
import type { Identity } from '@bina/pipeline/ports/entity-log'
import { staleWeeks } from './counting-weeks.ts'
import { movedCoaching } from './moved-coaching.ts'
import type { Moved } from './trace-result.ts'
import { type MovedDeps, unitFigures } from './unit-figures.ts'

/**
 * The rows that an entity's events came to, and the figures that count them now; of coaching those that `events` tell of. None for
 * withdrawals, which have none of their own.
 */
export async function movedRows(
  deps: MovedDeps,
  entity: string,
  events: readonly Identity[],
  namedUnit: string,
): Promise<readonly Moved[]> {
  const parts = parseEntity(entity)
  switch (parts?.kind) {
    case undefined:
    case 'withdrawal':
      return []
    case 'day':
      return [await personDay(deps, parts, namedUnit)]
    case 'complaint':
      return [await complaint(deps, parts.complaintId, entity)]
    case 'unit':
      return [{ what: 'unit', unitId: parts.unitId, known: await unitKnown(deps.clickhouse, parts.unitId) }]
    case 'staff':
      return [{ what: 'roster' }]
    case 'coaching':
      return movedCoaching(deps, parts.unitId, entity, events)
    default:
      return parts satisfies never
  }
}

async function personDay(
  deps: MovedDeps,
  day: { readonly personKey: string; readonly workDate: PlainDate },
  namedUnit: string,
): Promise<Moved> {
  const { clickhouse } = deps
  const asked = { personKey: day.personKey, workDate: day.workDate }
  const row = await personDayRow(clickhouse, asked)
  const facts = await factsOfPersonDay(clickhouse, asked)
  const week = mondayOf(day.workDate)
  const unitId = row?.unitId ?? namedUnit
  // Leave moves a figure too, by taking the day out of it: the unit's measures are shown whether or not they count the day.
  const watched = ['A1', 'A2', 'A3'].map((measure) => ({ unitId, measure, week, seenFrom: week }))
  const units = unitId === '' ? [] : await unitFigures(deps, facts, [...facts, ...watched], new Map(), 'discipline')
  return { what: 'person_day', workDate: day.workDate, row, units }
}

async function complaint(deps: MovedDeps, complaintId: string, entity: string): Promise<Moved> {
  const { clickhouse, zone } = deps
  const row = await complaintRow(clickhouse, complaintId)
  const facts = await factsOfComplaint(clickhouse, { complaintId, zone, nowMs: deps.nowMs })
  const stale = new Map<string, readonly PlainDate[]>()
  for (const span of await heldSpans(clickhouse, complaintId)) {
    stale.set(span.unitId, [...(stale.get(span.unitId) ?? []), ...staleWeeks(span, deps)])
  }
  const units = await unitFigures(deps, facts, facts, stale, 'service')
  return { what: 'complaint', complaintId, row, nextChangeMs: await nextChangeMs(clickhouse, entity), units }
}
