import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addDays, dateOfDayNumber, dayNumberOf, daysBetween, isoWeekday, isPlainDate } from './plain-date.ts'

const anyDay = fc.integer({ min: dayNumberOf('0001-01-01'), max: dayNumberOf('9999-12-31') })

describe('a plain date', () => {
  it('agrees with Temporal on every day of the calendar', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const date = dateOfDayNumber(a)
        const temporal = Temporal.PlainDate.from('1970-01-01').add({ days: a })
        expect(date).toBe(temporal.toString())
        expect(isPlainDate(date)).toBe(true)
        expect(dayNumberOf(date)).toBe(a)
        expect(isoWeekday(date)).toBe(temporal.dayOfWeek)
        expect(addDays(date, b - a)).toBe(dateOfDayNumber(b))
        expect(daysBetween(date, dateOfDayNumber(b))).toBe(b - a)
      }),
    )
  })

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
    '0000-12-31',
  ])('is not %j', (text) => expect(isPlainDate(text)).toBe(false))

  it.each(['2024-02-29', '0001-01-01', '9999-12-31'])('is %s', (text) => expect(isPlainDate(text)).toBe(true))

  it('never leaves the four-digit years, within which dates sort as text', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError)
    expect(() => dateOfDayNumber(Number.NaN)).toThrow(RangeError)
  })

  it.each(['', 'today', '2026-1-01', '2026-13-01', '2026-01-32', '2026-01-0x'])(
    '%j is refused in arithmetic',
    (text) => {
      expect(() => addDays(text, 1)).toThrow(/no date/)
    },
  )
})
