import type { ClickHouseClient } from '@bina/clickhouse/connect'
import {
  type CountedFact,
  complaintRow,
  factsOfComplaint,
  factsOfPersonDay,
  heldSpans,
  measuresOfWeeks,
  nextChangeMs,
  personDayRow,
  scoresOfWeeks,
  unitKnown,
} from '@bina/clickhouse/moved-figures'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { parseEntity } from '@bina/pipeline/fold/entity'
import { countsIn, reach, staleWeeks } from './counting-weeks.ts'
import type { Moved, UnitFigures } from './trace-result.ts'

export interface MovedDeps {
  readonly clickhouse: ClickHouseClient
  readonly zone: string
  readonly nowMs: number
}

/** The row that an entity's events came to, and the figures that count it now. Undefined for withdrawals, which have none of their own. */
export async function movedRow(deps: MovedDeps, entity: string, namedUnit: string): Promise<Moved | undefined> {
  const parts = parseEntity(entity)
  switch (parts?.kind) {
    case undefined:
    case 'withdrawal':
      return undefined
    case 'day':
      return personDay(deps, parts, namedUnit)
    case 'complaint':
      return complaint(deps, parts.complaintId, entity)
    case 'unit':
      return { what: 'unit', unitId: parts.unitId, known: await unitKnown(deps.clickhouse, parts.unitId) }
    case 'staff':
      return { what: 'roster' }
    case 'coaching':
      return { what: 'coaching', unitId: parts.unitId }
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
  const units = unitId === '' ? [] : await figures(deps, facts, [...facts, ...watched], new Map(), 'discipline')
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
  const units = await figures(deps, facts, facts, stale, 'service')
  return { what: 'complaint', complaintId, row, nextChangeMs: await nextChangeMs(clickhouse, entity), units }
}

type Watched = Pick<CountedFact, 'unitId' | 'measure' | 'week' | 'seenFrom'>

/** Every row of a measure that counts one of these, unit by unit, and the scores of the same weeks. */
async function figures(
  { clickhouse, zone, nowMs }: MovedDeps,
  facts: readonly CountedFact[],
  watched: readonly Watched[],
  stale: ReadonlyMap<string, readonly PlainDate[]>,
  score: UnitFigures['score'],
): Promise<readonly UnitFigures[]> {
  const current = mondayOf(dateIn(zone, nowMs))
  const longest = score === 'discipline' ? reach.attendance : reach.service
  const unitIds = [...new Set([...watched.map(({ unitId }) => unitId), ...stale.keys()])].sort()
  return Promise.all(
    unitIds.map(async (unitId): Promise<UnitFigures> => {
      const own = watched.filter((one) => one.unitId === unitId)
      const staleWeeksOfUnit = stale.get(unitId) ?? []
      const weeks = [...own.map(({ week }) => week), ...staleWeeksOfUnit].sort()
      const known = await unitKnown(clickhouse, unitId)
      const ownFacts = facts.filter((fact) => fact.unitId === unitId)
      const [fromWeek = current] = weeks
      const last = addDays(weeks.at(-1) ?? current, 7 * (longest - 1))
      const asked = { unitId, fromWeek, toWeek: earlier(last, current) }
      const measures = await measuresOfWeeks(clickhouse, {
        ...asked,
        measures: [...new Set([...own.map(({ measure }) => measure), 'S4'])],
      })
      const counting = measures.filter((row) =>
        row.measure === 'S4'
          ? staleWeeksOfUnit.includes(row.week)
          : own.some(
              ({ measure, week, seenFrom }) => measure === row.measure && row.week >= seenFrom && countsIn(week, row),
            ),
      )
      const countingWeeks = new Set(counting.map(({ week }) => week))
      const scores = (await scoresOfWeeks(clickhouse, { ...asked, score })).filter(({ week }) =>
        countingWeeks.has(week),
      )
      return { unitId, known, score, facts: ownFacts, measures: counting, scores }
    }),
  )
}

const earlier = (a: string, b: string) => (a < b ? a : b)
