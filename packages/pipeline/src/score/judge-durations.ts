import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs } from '@bina/domain/week'
import { lengthByWhichEnded, survivalSteps, type Watched } from '@bina/scoring/kaplan-meier'
import { createUnitClock, wholeMinutes, workedMsIn } from '../fold/unit-clock.ts'
import type { DurationRow } from '../ports/judged-store.ts'
import type { TimedCase } from '../ports/unit-facts.ts'

export interface DurationsConfig {
  readonly zone: string
  readonly calendar: WorkCalendar
  /** A week is final this many days after its cut-off. */
  readonly finalAfterDays: number
}

const windowWeeks = 13

/**
 * S7 of one unit in one week: the cases whose own due lies in the thirteen weeks that end with it, by the unit's own
 * working hours in custody, waiting and closed times left out. A case that is open as far as is known now is only known
 * to last longer than it has lasted: until now, or until the week became final, so that a final figure is moved by
 * events and never by time alone. Undefined without a case.
 */
export function judgeDurations(
  { zone, calendar, finalAfterDays }: DurationsConfig,
  unitId: string,
  week: PlainDate,
  casesOfUnit: readonly TimedCase[],
  nowMs: number,
): DurationRow | undefined {
  const from = addDays(week, -7 * (windowWeeks - 1))
  const cases = casesOfUnit.filter(({ dueWeek }) => dueWeek >= from && dueWeek <= week)
  if (cases.length === 0) return undefined
  const lookMs = Math.min(nowMs, cutOffMs(zone, addDays(week, finalAfterDays)))
  const watched = cases.map((one): Watched => {
    if (one.minutes !== null) return { length: one.minutes, ended: true }
    const running = one.runningFrom.map((fromMs, at) => ({
      fromMs,
      toMs: one.runningTo[at] ?? Number.POSITIVE_INFINITY,
    }))
    const clock = createUnitClock({ calendar, zone }, one.profile)
    return { length: wholeMinutes(workedMsIn(clock, running, lookMs)), ended: false }
  })
  const steps = survivalSteps(watched)
  const hours = (share: number): number | null => {
    const minutes = lengthByWhichEnded(share, steps)
    return minutes === undefined ? null : Math.round((minutes / 60) * 10_000) / 10_000
  }
  return {
    unitId,
    week,
    cases: cases.length,
    censored: watched.filter(({ ended }) => !ended).length,
    medianWorkingHours: hours(0.5),
    p80WorkingHours: hours(0.8),
  }
}
