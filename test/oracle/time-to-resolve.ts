import type { Calendar } from './calendar.ts'
import { addDays, type CityTime, mondayOfWeekNumber, weekNumberOf } from './city-time.ts'
import { type Complaint, custodyWorkedMs, isClosed } from './complaint.ts'
import { inServiceScope } from './facts.ts'

export interface UnitWeekDurationRow {
  readonly unit_id: string
  readonly week: string
  readonly cases: number
  readonly censored: number
  readonly median_working_hours: number | null
  readonly p80_working_hours: number | null
  readonly policy_version: string
}

interface Lasting {
  readonly minutes: number
  readonly over: boolean
}

/**
 * The length by which a share of all is over: what is still open hands its weight on, in equal parts, to all that last
 * longer (Efron 1967: the same as the product-limit estimate).
 */
export function lengthOfShare(share: number, lasting: readonly Lasting[]): number | null {
  const ordered = [...lasting].sort((a, b) => a.minutes - b.minutes || Number(b.over) - Number(a.over))
  let weight = 1 / ordered.length
  let over = 0
  for (const [at, one] of ordered.entries()) {
    if (one.over) {
      over += weight
      if (over > share - 1e-9) return one.minutes
    } else weight += weight / (ordered.length - at - 1)
  }
  return null
}

interface Input {
  readonly complaints: readonly Complaint[]
  readonly calendar: Calendar
  readonly city: CityTime
  readonly isKnown: (unitId: string) => boolean
  readonly currentWeek: number
  readonly nowMs: number
  readonly policyVersion: string
}

export function durationRows(input: Input): UnitWeekDurationRow[] {
  const { city, calendar, nowMs } = input
  const units = new Map<string, { week: number; lasting: (untilMs: number) => Lasting }[]>()
  for (const complaint of input.complaints) {
    const judged = complaint.custodies.at(-1)
    if (judged === undefined || !inServiceScope(complaint) || judged.ownDueMs > nowMs) continue
    const { unitId } = judged.custody
    if (!input.isKnown(unitId)) continue
    const over = isClosed(complaint)
    const lasting = (untilMs: number) => {
      const worked = over ? judged.workedMs : custodyWorkedMs(judged.custody, complaint.timeline, calendar, untilMs)
      return { minutes: Math.floor(worked / 60_000), over }
    }
    const cases = units.get(unitId) ?? []
    units.set(unitId, cases)
    cases.push({ week: weekNumberOf(city.dateOf(judged.ownDueMs)), lasting })
  }
  const rows: UnitWeekDurationRow[] = []
  for (const [unit_id, cases] of units) {
    const first = Math.min(...cases.map(({ week }) => week))
    for (let number = first; number <= input.currentWeek; number++) {
      const week = mondayOfWeekNumber(number)
      const untilMs = Math.min(nowMs, city.at(addDays(week, 21), '00:00'))
      const seen = cases
        .filter((one) => one.week > number - 13 && one.week <= number)
        .map((one) => one.lasting(untilMs))
      if (seen.length === 0) continue
      const hours = (share: number) => {
        const minutes = lengthOfShare(share, seen)
        return minutes === null ? null : minutes / 60
      }
      rows.push({
        unit_id,
        week,
        cases: seen.length,
        censored: seen.filter(({ over }) => !over).length,
        median_working_hours: hours(0.5),
        p80_working_hours: hours(0.8),
        policy_version: input.policyVersion,
      })
    }
  }
  return rows
}
