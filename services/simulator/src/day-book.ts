import type { Shift, WorkCalendar } from '@bina/domain/calendar'
import { addDays, isoWeekday, type PlainDate } from '@bina/domain/plain-date'
import { instantOf } from '@bina/domain/zone'

export interface CityDay {
  readonly index: number
  readonly date: PlainDate
  readonly weekday: number
  /** The day's first instant in the city. */
  readonly startMs: number
  /** Absent on a day off. */
  readonly shift: Shift | undefined
}

/**
 * The simulated days and some after them, worked out once, so that no event asks the calendar for what all its
 * colleagues asked.
 */
export interface DayBook {
  readonly startMs: number
  /** The first instant after the last simulated week. */
  readonly endMs: number
  /** The seven days of a week, which is counted from 0. */
  week(week: number): readonly CityDay[]
  /** The `n`-th working day after a day; undefined beyond the book. */
  workingDayAfter(day: CityDay, n: number): CityDay | undefined
  /** The first instant of the day after. */
  endOf(day: CityDay): number
  /** How many days of the simulated weeks are worked. */
  readonly workingDays: number
}

const daysAfterTheEnd = 60

export function createDayBook(config: {
  readonly calendar: WorkCalendar
  readonly profile: string
  readonly zone: string
  readonly firstMonday: PlainDate
  readonly weeks: number
}): DayBook {
  const simulatedDays = config.weeks * 7
  const days = Array.from({ length: simulatedDays + daysAfterTheEnd }, (_, index): CityDay => {
    const date = addDays(config.firstMonday, index)
    return {
      index,
      date,
      weekday: isoWeekday(date),
      startMs: instantOf(config.zone, date, 0),
      shift: config.calendar.shiftOn(config.profile, date),
    }
  })
  return {
    startMs: instantOf(config.zone, config.firstMonday, 0),
    endMs: instantOf(config.zone, addDays(config.firstMonday, simulatedDays), 0),
    week: (week) => days.slice(week * 7, week * 7 + 7),
    workingDayAfter: (day, n) => {
      let left = n
      for (let index = day.index + 1; index < days.length; index += 1) {
        const later = days[index]
        if (later?.shift !== undefined) left -= 1
        if (left === 0) return later
      }
      return undefined
    },
    endOf: (day) => days[day.index + 1]?.startMs ?? instantOf(config.zone, addDays(day.date, 1), 0),
    workingDays: days.slice(0, simulatedDays).filter((day) => day.shift !== undefined).length,
  }
}
