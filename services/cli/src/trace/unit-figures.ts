import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { type CountedFact, measuresOfWeeks, scoresOfWeeks, unitKnown } from '@bina/clickhouse/moved-figures'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { countsIn, reach } from './counting-weeks.ts'
import type { UnitFigures } from './trace-result.ts'

export interface MovedDeps {
  readonly clickhouse: ClickHouseClient
  readonly zone: string
  readonly nowMs: number
}

export type Watched = Pick<CountedFact, 'unitId' | 'measure' | 'week' | 'seenFrom'>

/** Every row of a measure that counts one of these, unit by unit, and the scores of the same weeks. */
export async function unitFigures(
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
      const scores = score === undefined ? [] : await scoresOfWeeks(clickhouse, { ...asked, score })
      return {
        unitId,
        known,
        score,
        facts: ownFacts,
        measures: counting,
        scores: scores.filter(({ week }) => countingWeeks.has(week)),
      }
    }),
  )
}

const earlier = (a: string, b: string) => (a < b ? a : b)
