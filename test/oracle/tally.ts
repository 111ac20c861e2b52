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
  /** Over the same weeks and the people of the unit, the square of each one's days in A1, added up. */
  readonly squaredDays: (unitId: string, week: number, weeks: number) => number
}

interface UnitTally {
  firstWeek: number
  readonly weeks: Map<string, { numerator: number; denominator: number }>
  /** S8, one by one: when each is ripe decides which weeks count it. */
  readonly ripening: { readonly week: number; readonly ripeMs: number; readonly numerator: number }[]
  /** Days in A1 by week and person. */
  readonly people: Map<number, Map<string, number>>
}

export function createTally(
  facts: readonly Fact[],
  backlog: readonly BacklogCount[],
  factDays: readonly { readonly unitId: string; readonly date: string }[],
  /** The instant at which a week is looked at; what is ripe only after now is no fact yet. */
  looks: { readonly nowMs: number; readonly lookMs: (week: number) => number },
): Tally {
  const units = new Map<string, UnitTally>()
  const touch = (unitId: string, week: number): UnitTally => {
    const known = units.get(unitId) ?? { firstWeek: week, weeks: new Map(), ripening: [], people: new Map() }
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
  for (const fact of facts) {
    const week = weekNumberOf(fact.date)
    const { ripeMs } = fact
    if (ripeMs === undefined) add(fact.unitId, fact.measure, week, fact)
    else if (ripeMs <= looks.nowMs) touch(fact.unitId, week).ripening.push({ week, ripeMs, numerator: fact.numerator })
    if (fact.measure !== 'A1' || fact.personKey === undefined) continue
    const { people } = touch(fact.unitId, week)
    const days = people.get(week) ?? new Map<string, number>()
    people.set(week, days)
    days.set(fact.personKey, (days.get(fact.personKey) ?? 0) + 1)
  }
  for (const count of backlog) add(count.unitId, 'S4', weekNumberOf(count.week), count)

  return {
    firstWeekOf: (unitId) => units.get(unitId)?.firstWeek ?? null,
    sum: (unitId, measure, week, weeks) => {
      const unit = units.get(unitId)
      if (measure === 'S8') {
        const counted = (unit?.ripening ?? []).filter(
          (one) => one.week > week - weeks && one.week <= week && one.ripeMs <= looks.lookMs(week),
        )
        const reopened = counted.reduce((sum, one) => sum + one.numerator, 0)
        return { numerator: reopened, denominator: counted.length }
      }
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
    squaredDays: (unitId, week, weeks) => {
      const days = new Map<string, number>()
      for (let number = week - weeks + 1; number <= week; number++) {
        for (const [person, count] of units.get(unitId)?.people.get(number) ?? []) {
          days.set(person, (days.get(person) ?? 0) + count)
        }
      }
      return [...days.values()].reduce((sum, count) => sum + count * count, 0)
    },
  }
}
