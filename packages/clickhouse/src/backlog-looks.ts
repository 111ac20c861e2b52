import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs } from '@bina/domain/week'

/** When S4 looks at each week, and from when on it sees what is closed by then: the bound values of unit_week.backlog. */
export function backlogLooks(zone: string, from: PlainDate, to: PlainDate, nowMs: number) {
  const weeks: PlainDate[] = []
  for (let week = from; week <= to; week = addDays(week, 7)) weeks.push(week)
  return {
    weeks,
    looks: weeks.map((week) => Math.min(cutOffMs(zone, week), nowMs)),
    starts: weeks.map((week) => cutOffMs(zone, addDays(week, -52 * 7))),
  }
}
