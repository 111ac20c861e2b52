import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { CityPlan } from './city-plan.ts'
import type { CityDay } from './day-book.ts'
import type { Tell } from './event-maker.ts'
import { chance, createRandom, exponential, pick, poisson, weighted, wholeBelow } from './random.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
// Over all 185 units: about three findings of visits and social media a week, and two objections in three weeks.
const findingsPerUnitWeek = 3 / 185
const objectionsPerUnitWeek = 0.67 / 185

/** Tells what visits and social media found in a week (from 0), and which units objected to their figures. */
export function tellFindingsWeek(plan: CityPlan, tell: Tell, days: readonly CityDay[], week: number): void {
  const monday = days[0]
  if (monday === undefined) return
  const random = createRandom(plan.seed, 'findings', monday.date)
  const units = plan.servingUnits
  const momentMs = () => (days[wholeBelow(random, 7)] ?? monday).startMs + (8 * 60 + wholeBelow(random, 600)) * minuteMs

  const findings = poisson(random, findingsPerUnitWeek * units.length)
  for (let n = 1; n <= findings; n += 1) {
    const { unitId } = pick(random, units)
    const findingId = `finding-${monday.date}-${n}`
    const raisedMs = momentMs()
    tell(`raised-${findingId}`, raisedMs, {
      type: 'bina.coaching.finding-raised.v1',
      subject: unitId,
      data: {
        findingId,
        unitId,
        raisedFrom: weighted(random, { mayor_visit: 45, social_media: 35, spot_check: 12, inspectorate: 8 }),
        category: weighted(random, { facility: 35, rude: 20, delay: 20, convoluted: 15, other: 10 }),
        dueOn: addDays(monday.date, 14 + wholeBelow(random, 8)),
      },
    })
    if (!chance(random, 0.75)) continue
    tell(`closed-${findingId}`, raisedMs + (1 + exponential(random, 11)) * dayMs, {
      type: 'bina.coaching.finding-closed.v1',
      subject: unitId,
      data: { findingId, unitId },
    })
  }

  const objections = week === 0 ? 0 : poisson(random, objectionsPerUnitWeek * units.length)
  for (let n = 1; n <= objections; n += 1) {
    const { unitId } = pick(random, units)
    const objectionId = `objection-${monday.date}-${n}`
    const objectedMs = momentMs()
    const lastWeek: PlainDate = addDays(monday.date, -7)
    const data = { objectionId, unitId, week: lastWeek, ...(chance(random, 0.5) ? { measure: 'S1' } : {}) }
    tell(`objected-${objectionId}`, objectedMs, { type: 'bina.coaching.objected.v1', subject: unitId, data })
    if (!chance(random, 0.8)) continue
    tell(`decided-${objectionId}`, objectedMs + (3 + wholeBelow(random, 10)) * dayMs, {
      type: 'bina.coaching.objection-decided.v1',
      subject: unitId,
      data: { ...data, outcome: chance(random, 0.4) ? 'upheld' : 'dismissed' },
    })
  }
}
