import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn, instantOf } from '@bina/domain/zone'

/** The instant at which a week's reports are due: Monday after it, at `dueMinute` of the day in the city's zone, holiday or not (reading 41). */
export function dueAtMs(zone: string, week: PlainDate, dueMinute: number): number {
  return instantOf(zone, addDays(week, 7), dueMinute)
}

/** The last week that has ended. */
export function lastClosedWeek(zone: string, nowMs: number): PlainDate {
  return addDays(mondayOf(dateIn(zone, nowMs)), -7)
}

/** Weeks whose reports have been due for no longer than `catchUpMs`, the oldest first: a missed Monday heals, but a fresh
 *  installation does not mail about a past that nobody asked for. */
export function dueWeeks(
  config: { readonly zone: string; readonly dueMinute: number; readonly catchUpMs: number },
  nowMs: number,
): readonly PlainDate[] {
  const weeks: PlainDate[] = []
  for (let week = lastClosedWeek(config.zone, nowMs); ; week = addDays(week, -7)) {
    const due = dueAtMs(config.zone, week, config.dueMinute)
    if (due > nowMs) continue
    if (nowMs - due > config.catchUpMs) return weeks
    weeks.unshift(week)
  }
}
