import type { WorkCalendar } from '@bina/domain/calendar'
import type { PlainDate } from '@bina/domain/plain-date'
import { keptFreeOn, type SpotCheckRules } from '@bina/domain/spot-check-rules'
import { minuteOfDay } from '@bina/domain/zone'

/**
 * Minutes of the day at which a call may begin: within the hours of service, and so that it and a second try end before the break,
 * a prayer, roll call or the end of the day. Empty on a day off.
 */
export function callHours(
  city: { readonly zone: string; readonly calendar: WorkCalendar },
  rules: SpotCheckRules,
  profile: string,
  date: PlainDate,
): [number, number][] {
  const shift = city.calendar.shiftOn(profile, date)
  if (shift === undefined) return []
  const minute = (instantMs: number) => minuteOfDay(city.zone, instantMs)
  const [start, end] = [minute(shift.startMs), minute(shift.endMs)]
  const blocked = [[minute(shift.breakStartMs), minute(shift.breakEndMs)] as const, ...keptFreeOn(rules, date)]
  const takes = rules.call.retryToMinutes + rules.call.minutes
  let open: [number, number][] = [[start, end]]
  for (const [from, to] of blocked) {
    open = open.flatMap(([a, b]): [number, number][] => [
      [a, Math.min(b, from)],
      [Math.max(a, to), b],
    ])
    open = open.filter(([a, b]) => a < b)
  }
  return open.map(([a, b]): [number, number] => [a, b - takes + 1]).filter(([a, b]) => a < b)
}
