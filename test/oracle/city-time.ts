import { Temporal } from 'temporal-polyfill'

const dayMs = 86_400_000
const quarterHourMs = 900_000

function utcMs(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)))
}

export function addDays(date: string, days: number): string {
  return new Date(utcMs(date) + days * dayMs).toISOString().slice(0, 10)
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: string): number {
  return new Date(utcMs(date)).getUTCDay() || 7
}

export function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date))
}

/** Weeks counted from the week of 5 January 1970. */
export function weekNumberOf(date: string): number {
  return Math.floor((utcMs(date) / dayMs - 4) / 7)
}

export function mondayOfWeekNumber(week: number): string {
  return new Date((week * 7 + 4) * dayMs).toISOString().slice(0, 10)
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}

export interface CityTime {
  /** The date in the city at that instant. */
  readonly dateOf: (ms: number) => string
  /** The instant of a date and a wall clock time `HH:MM`. */
  readonly at: (date: string, clock: string) => number
}

export function createCityTime(zone: string): CityTime {
  // Every zone's offset changes at whole quarters of an hour.
  const dates = new Map<number, string>()
  return {
    dateOf: (ms) => {
      const quarter = Math.floor(ms / quarterHourMs)
      const known = dates.get(quarter)
      if (known !== undefined) return known
      const date = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()
      dates.set(quarter, date)
      return date
    },
    at: (date, clock) => Temporal.PlainDateTime.from(`${date}T${clock}`).toZonedDateTime(zone).epochMilliseconds,
  }
}
