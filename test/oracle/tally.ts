import { weekNumberOf } from './city-time.ts'
import type { Fact, Measure } from './facts.ts'
import type { BacklogCount } from './stale-backlog.ts'

export interface Count {
  readonly numerator: number
  readonly denominator: number
}

/** Counts by unit, measure and week, to be summed over windows. */
export interface Tally {
  readonly firstWeekOf: (unitId: string) => number | null
  /** The sum over the `weeks` weeks that end with week number `week`; S4 always covers its own 52. */
  readonly sum: (unitId: string, measure: Measure, week: number, weeks: number) => Count
}

interface UnitTally {
  firstWeek: number
  readonly weeks: Map<string, { numerator: number; denominator: number }>
}

export function createTally(
  facts: readonly Fact[],
  backlog: readonly BacklogCount[],
  factDays: readonly { readonly unitId: string; readonly date: string }[],
): Tally {
  const units = new Map<string, UnitTally>()
  const touch = (unitId: string, week: number): UnitTally => {
    const known = units.get(unitId) ?? { firstWeek: week, weeks: new Map() }
    units.set(unitId, known)
    known.firstWeek = Math.min(known.firstWeek, week)
    return known
  }
  const add = (unitId: string, measure: Measure, week: number, count: Count) => {
    const { weeks } = touch(unitId, week)
    const sum = weeks.get(`${measure} ${week}`) ?? { numerator: 0, denominator: 0 }
    weeks.set(`${measure} ${week}`, sum)
    sum.numerator += count.numerator
    sum.denominator += count.denominator
  }
  for (const { unitId, date } of factDays) touch(unitId, weekNumberOf(date))
  for (const fact of facts) add(fact.unitId, fact.measure, weekNumberOf(fact.date), fact)
  for (const count of backlog) add(count.unitId, 'S4', weekNumberOf(count.week), count)

  return {
    firstWeekOf: (unitId) => units.get(unitId)?.firstWeek ?? null,
    sum: (unitId, measure, week, weeks) => {
      const unit = units.get(unitId)
      let numerator = 0
      let denominator = 0
      const first = measure === 'S4' ? week : week - weeks + 1
      for (let number = first; number <= week; number++) {
        const count = unit?.weeks.get(`${measure} ${number}`)
        numerator += count?.numerator ?? 0
        denominator += count?.denominator ?? 0
      }
      return { numerator, denominator }
    },
  }
}
