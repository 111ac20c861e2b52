import { daysInMonth } from './calendar-day.ts'

const pattern = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/

// Room for any fraction that a clock could mean.
const maxLength = 64
const minuteMs = 60_000
const dayMs = 1440 * minuteMs

/**
 * Epoch milliseconds of an RFC 3339 time with an offset; undefined when it is none, names a day that does not exist, or lies
 * before 1970 (no city system is older: such a time is a typing error). Digits beyond the millisecond are cut off.
 *
 * A leap second (23:59:60 UTC) is a legal time, but epoch milliseconds have no room for it: it becomes the last millisecond
 * before midnight, so that it stays on its day. A second 60 anywhere else is refused.
 */
export function parseInstant(text: string): number | undefined {
  if (text.length > maxLength || !pattern.test(text)) return undefined
  const year = number(text, 0, 4)
  const month = number(text, 5, 7)
  const day = number(text, 8, 10)
  const hour = number(text, 11, 13)
  const minute = number(text, 14, 16)
  const second = number(text, 17, 19)
  const dayStartMs = startOfDay(year, month, day)
  if (dayStartMs === undefined) return undefined
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const offset = offsetMinutes(text)
  if (offset === undefined) return undefined

  const leap = second === 60
  const wholeMs = dayStartMs + (hour * 60 + minute - offset) * minuteMs + (leap ? 59 : second) * 1000
  const instantMs = wholeMs + (leap ? 999 : fractionMs(text))
  if (instantMs < 0 || (leap && (instantMs + 1) % dayMs !== 0)) return undefined
  return instantMs
}

// Times come in the order of days, more or less: nearly every one is of the day of the one before.
let latestDay = { year: 0, month: 0, day: 0, startMs: 0 }

/** In UTC; undefined when there is no such day, or it lies before what any time zone could bring to 1970. */
function startOfDay(year: number, month: number, day: number): number | undefined {
  if (day === latestDay.day && month === latestDay.month && year === latestDay.year) return latestDay.startMs
  if (year < 1969 || day < 1 || day > daysInMonth(year, month)) return undefined
  latestDay = { year, month, day, startMs: Date.UTC(year, month - 1, day) }
  return latestDay.startMs
}

/** What the digits between two places say; the pattern has seen that they are digits. */
function number(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48
  return value
}

function fractionMs(text: string): number {
  if (text[19] !== '.') return 0
  let value = 0
  for (let at = 20; at < 23; at++) {
    const digit = text.charCodeAt(at) - 48
    // Where the digits end, the offset begins: the places left are zero.
    if (!(digit >= 0 && digit <= 9)) return at === 21 ? value * 100 : value * 10
    value = value * 10 + digit
  }
  return value
}

/** Minutes east of Greenwich; undefined when there is no such offset. */
function offsetMinutes(text: string): number | undefined {
  const last = text.length
  if (text[last - 1] === 'Z' || text[last - 1] === 'z') return 0
  const hours = number(text, last - 5, last - 3)
  const minutes = number(text, last - 2, last)
  if (hours > 23 || minutes > 59) return undefined
  return text[last - 6] === '-' ? -(hours * 60 + minutes) : hours * 60 + minutes
}
