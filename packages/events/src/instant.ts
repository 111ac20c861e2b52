import { daysInMonth } from './calendar-day.ts'

const pattern = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/

/**
 * Epoch milliseconds of an RFC 3339 time with an offset; undefined when it is none, names a day that does not exist, or lies
 * before 1970 (no city system is older: such a time is a typing error). Digits beyond the millisecond are cut off.
 *
 * A leap second (23:59:60 UTC) is a legal time, but epoch milliseconds have no room for it: it becomes the last millisecond
 * before midnight, so that it stays on its day. A second 60 anywhere else is refused.
 */
export function parseInstant(text: string): number | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = match
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  if (Number(offsetHour ?? 0) > 23 || Number(offsetMinute ?? 0) > 59) return undefined

  const leap = second === '60'
  const millisecond = leap ? 999 : Number((fraction ?? '').slice(0, 3).padEnd(3, '0'))
  const localMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    leap ? 59 : Number(second),
    millisecond,
  )
  const offsetMs = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * 60_000
  const instantMs = sign === '-' ? localMs + offsetMs : localMs - offsetMs
  if (instantMs < 0 || Number(year) < 1969) return undefined
  if (leap && (instantMs + 1) % 86_400_000 !== 0) return undefined
  return instantMs
}
