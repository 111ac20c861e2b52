import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs, mondayOf } from '@bina/domain/week'
import { dateIn, instantOf } from '@bina/domain/zone'
import { finalAfterDays } from '../score/restate.ts'

export interface AskedReports {
  /** The Monday of the reported week. */
  readonly week: PlainDate
  /** When the reports are written. */
  readonly nowMs: number
  readonly dataCompleteUntilMs: number
}

/** The dates that all reports of one week have in common. */
export interface ReportPeriod extends AskedReports {
  readonly today: PlainDate
  /** The first of the 26 weeks that a report looks back on. */
  readonly firstWeek: PlainDate
  /** Monday 00:00 of the reported week. */
  readonly weekFromMs: number
  /** When the reports of the week before were due. */
  readonly lastRunMs: number
  readonly nextRunMs: number
  /** Close of the fifth working day from today on: what is due by then is due soon. */
  readonly soonMs: number
  readonly objectionUntil: PlainDate
  /** When what the reports suggest is to be done. */
  readonly stepDueOn: PlainDate
  /** Of the week's scores, where they are worked out in time (reading 29). */
  readonly status: 'provisional' | 'final'
}

export const WEEKS_SHOWN = 26
const soonWorkingDays = 5
const dayMs = 86_400_000

export function reportPeriod(
  config: { readonly zone: string; readonly cityProfile: string; readonly dueMinute: number },
  calendar: WorkCalendar,
  asked: AskedReports,
): ReportPeriod {
  const { zone, cityProfile, dueMinute } = config
  const { week } = asked
  const today = dateIn(zone, asked.nowMs)
  return {
    ...asked,
    today,
    firstWeek: addDays(week, -7 * (WEEKS_SHOWN - 1)),
    weekFromMs: instantOf(zone, week, 0),
    lastRunMs: instantOf(zone, week, dueMinute),
    nextRunMs: instantOf(zone, addDays(week, 14), dueMinute),
    soonMs: calendar.closeOfWorkingDay(cityProfile, addDays(today, -1), soonWorkingDays),
    objectionUntil: dateIn(zone, calendar.closeOfWorkingDay(cityProfile, today, soonWorkingDays)),
    stepDueOn: lastWorkingDay(calendar, cityProfile, today),
    status: asked.nowMs < cutOffMs(zone, week) + finalAfterDays * dayMs ? 'provisional' : 'final',
  }
}

/**
 * The last working day of the week that the mail goes out in, today or later; the first one after it where nobody works in that week any more.
 * So a report that waited for a week, or is sent again, asks for nothing by a day that is over.
 */
function lastWorkingDay(calendar: WorkCalendar, cityProfile: string, today: PlainDate): PlainDate {
  const isWorked = (date: PlainDate) => calendar.shiftOn(cityProfile, date) !== undefined
  const sunday = addDays(mondayOf(today), 6)
  for (let date = sunday; date >= today; date = addDays(date, -1)) if (isWorked(date)) return date
  for (let date = addDays(sunday, 1); ; date = addDays(date, 1)) if (isWorked(date)) return date
}
