/** A date of the city's own calendar day, `YYYY-MM-DD`, years 0001 to 9999. Sorts as text. */
export type PlainDate = string

const SHAPE = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000
/** 0001-01-01 and 9999-12-31 as days since 1970-01-01. */
export const FIRST_DAY = -719_162
export const LAST_DAY = 2_932_896
const ZERO = 48
const REMEMBERED_DAYS = 60_000 // to 2134

// The same few days come with every event, so the text of each is made once.
const textOfDay: PlainDate[] = []

/** True for a real date of the Gregorian calendar in the one accepted spelling. */
export function isPlainDate(text: string): boolean {
  if (!SHAPE.test(text) || text < '0001') return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** The date `days` later, or earlier when negative. @throws RangeError for a text that is no date, or a result beyond year 9999. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfDayNumber(dayNumberOf(date) + days)
}

/** Days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumberOf(to) - dayNumberOf(from)
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function isoWeekday(date: PlainDate): number {
  return isoWeekdayOfDayNumber(dayNumberOf(date))
}

/** Day number 0, 1 January 1970, was a Thursday. */
export function isoWeekdayOfDayNumber(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1
}

/**
 * Days since 1970-01-01. Arithmetic on the digits instead of Date: this runs several times for each event.
 * Years are counted from March, so that the leap day is a year's last and months have a fixed pattern of lengths.
 */
export function dayNumberOf(date: PlainDate): number {
  const year = digits(date, 0, 4)
  const month = digits(date, 5, 7)
  const day = digits(date, 8, 10)
  if (date.length !== 10 || !(month >= 1 && month <= 12 && day >= 1 && day <= 31)) throw noDate(date)
  const marchYear = month > 2 ? year : year - 1
  const century = Math.floor(marchYear / 100)
  const daysBeforeMonth = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5)
  const leapDays = Math.floor(marchYear / 4) - century + Math.floor(century / 4)
  const dayNumber = 365 * marchYear + leapDays + daysBeforeMonth + day - 1 - 719_468
  if (!Number.isFinite(dayNumber)) throw noDate(date)
  return dayNumber
}

/** The date of a count of days since 1970-01-01. @throws RangeError outside years 0001 to 9999. */
export function dateOfDayNumber(dayNumber: number): PlainDate {
  if (!(dayNumber >= 0 && dayNumber < REMEMBERED_DAYS)) return textOf(dayNumber)
  const known = textOfDay[dayNumber]
  if (known !== undefined) return known
  const text = textOf(dayNumber)
  textOfDay[dayNumber] = text
  return text
}

function textOf(dayNumber: number): PlainDate {
  if (!(dayNumber >= FIRST_DAY && dayNumber <= LAST_DAY)) {
    throw new RangeError(`day ${dayNumber} since 1970-01-01 is outside the years 0001 to 9999`)
  }
  const text = new Date(dayNumber * DAY_MS).toISOString()
  return text.slice(0, 10)
}

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) {
    const digit = text.charCodeAt(index) - ZERO
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function noDate(text: string): RangeError {
  return new RangeError(`'${text}' is no date of the form YYYY-MM-DD`)
}
