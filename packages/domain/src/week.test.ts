import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addDays, dateOfDayNumber, dayNumberOf } from './plain-date.ts'
import { cutOffMs, isoWeekName, mondayOf, parseWeek, WeekFormatError } from './week.ts'

const days = fc.integer({ min: dayNumberOf('1900-01-01'), max: dayNumberOf('2199-12-31') })

describe('a week', () => {
  it('has the name that Temporal gives it, and its name leads back to its Monday', () => {
    fc.assert(
      fc.property(days, (day) => {
        const date = dateOfDayNumber(day)
        const temporal = Temporal.PlainDate.from(date)
        const monday = mondayOf(date)
        expect(monday).toBe(temporal.subtract({ days: temporal.dayOfWeek - 1 }).toString())
        const name = `${temporal.yearOfWeek}-W${String(temporal.weekOfYear).padStart(2, '0')}`
        expect(isoWeekName(monday)).toBe(name)
        expect(parseWeek(name)).toBe(monday)
        expect(parseWeek(monday)).toBe(monday)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['2022-W18', '2022-05-02'],
    ['2026-W53', '2026-12-28'],
    ['2027-W01', '2027-01-04'],
    ['2025-W01', '2024-12-30'],
    ['2020-W53', '2020-12-28'],
  ])('%s begins on %s', (name, monday) => {
    expect(parseWeek(name)).toBe(monday)
    expect(isoWeekName(monday)).toBe(name)
  })

  it('belongs to the old year as long as its Thursday does', () => {
    expect(mondayOf('2027-01-03')).toBe('2026-12-28')
    expect(mondayOf('2027-01-04')).toBe('2027-01-04')
  })

  it.each([
    ['2027-W53', 'no week 53'],
    ['2026-W00', 'no week 00'],
    ['0000-W01', 'no week 01'],
    ['2026-11-10', 'its week is 2026-W46, from 2026-11-09'],
    ['2026-W1', 'write it as 2026-W46'],
    ['2026-02-30', 'write it as 2026-W46'],
    ['last week', 'write it as 2026-W46'],
  ])('%j is refused in words that say what to write', (text, words) => {
    expect(() => parseWeek(text)).toThrow(WeekFormatError)
    expect(() => parseWeek(text)).toThrow(words)
  })

  it('ends at Monday 00:00 of the city, also in a week that is an hour short or long', () => {
    expect(new Date(cutOffMs('Asia/Jakarta', '2026-11-16')).toISOString()).toBe('2026-11-22T17:00:00.000Z')
    const short = cutOffMs('America/New_York', '2022-03-07') - cutOffMs('America/New_York', addDays('2022-03-07', -7))
    const long = cutOffMs('America/New_York', '2022-10-31') - cutOffMs('America/New_York', addDays('2022-10-31', -7))
    expect([short / 3_600_000, long / 3_600_000]).toEqual([167, 169])
  })
})
