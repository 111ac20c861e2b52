import { addDays, dateOfDayNumber, dayNumberOf, isoWeekday, isPlainDate, type PlainDate } from './plain-date.ts'
import { instantOf } from './zone.ts'

const WEEK_NAME = /^(\d{4})-W(\d{2})$/

/** A text that names no week; its message says what does. */
export class WeekFormatError extends Error {
  readonly code = 'week_format'
  override readonly name = 'WeekFormatError'
}

/** The Monday of the ISO week that holds the date; a week goes by its Monday everywhere. */
export function mondayOf(date: PlainDate): PlainDate {
  return addDays(date, 1 - isoWeekday(date))
}

/** `2022-W18`. The ISO year is that of the week's Thursday, so 28 December is always in the last week of its year. */
export function isoWeekName(monday: PlainDate): string {
  const thursday = dayNumberOf(monday) - isoWeekday(monday) + 4
  const year = dateOfDayNumber(thursday).slice(0, 4)
  const week = Math.floor((thursday - dayNumberOf(`${year}-01-01`)) / 7) + 1
  return `${year}-W${week < 10 ? '0' : ''}${week}`
}

/** The Monday that `2022-W18` or a Monday's own date names. @throws WeekFormatError for anything else, in words for the one who typed it. */
export function parseWeek(text: string): PlainDate {
  const named = WEEK_NAME.exec(text)
  if (named !== null) {
    const [, year = '', week = ''] = named
    const monday = year === '0000' ? undefined : addDays(mondayOf(`${year}-01-04`), (Number(week) - 1) * 7)
    if (monday !== undefined && isoWeekName(monday) === text) return monday
    throw new WeekFormatError(`'${text}' is no week: the year ${year} has no week ${week}`)
  }
  if (!isPlainDate(text)) {
    throw new WeekFormatError(`'${text}' is no week: write it as 2026-W46, or as the date of its Monday, 2026-11-09`)
  }
  if (isoWeekday(text) === 1) return text
  const monday = mondayOf(text)
  throw new WeekFormatError(`'${text}' is no Monday: its week is ${isoWeekName(monday)}, from ${monday}`)
}

/** The instant at which a week ends: Monday 00:00 local after it. */
export function cutOffMs(zone: string, monday: PlainDate): number {
  return instantOf(zone, addDays(monday, 7), 0)
}
