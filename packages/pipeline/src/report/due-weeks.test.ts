import { addDays, isoWeekday } from '@bina/domain/plain-date'
import { instantOf } from '@bina/domain/zone'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAtMs, dueWeeks, lastClosedWeek } from './due-weeks.ts'

const hourMs = 3_600_000
const jakarta = { zone: 'Asia/Jakarta', dueMinute: 6 * 60, catchUpMs: 48 * hourMs }
const at = (text: string) => Date.parse(text)

describe('the reports of a week', () => {
  it('are due on Monday at six in the city, whatever the machine thinks the hour is', () => {
    expect(new Date(dueAtMs('Asia/Jakarta', '2026-06-08', 360)).toISOString()).toBe('2026-06-14T23:00:00.000Z')
    expect(new Date(dueAtMs('America/New_York', '2026-06-08', 360)).toISOString()).toBe('2026-06-15T10:00:00.000Z')
  })

  it('are due at the same hour of the clock on both sides of a change to summer time', () => {
    // New York changes on Sunday, 8 March 2026, and on Sunday, 1 November 2026.
    expect(new Date(dueAtMs('America/New_York', '2026-02-23', 360)).toISOString()).toBe('2026-03-02T11:00:00.000Z')
    expect(new Date(dueAtMs('America/New_York', '2026-03-02', 360)).toISOString()).toBe('2026-03-09T10:00:00.000Z')
    expect(new Date(dueAtMs('America/New_York', '2026-10-26', 360)).toISOString()).toBe('2026-11-02T11:00:00.000Z')
  })

  it('are due at six also on a Monday whose clock skipped its first hour', () => {
    // Tehran's summer time of 2021 began on Monday, 22 March, at midnight.
    expect(new Date(dueAtMs('Asia/Tehran', '2021-03-15', 360)).toISOString()).toBe('2021-03-22T01:30:00.000Z')
  })

  it('of the last week of the year are due in the next', () => {
    expect(dueWeeks(jakarta, at('2027-01-04T06:00:00+07:00'))).toEqual(['2026-12-28'])
    expect(lastClosedWeek('Asia/Jakarta', at('2027-01-01T12:00:00+07:00'))).toBe('2026-12-21')
  })
})

describe('a doorbell', () => {
  it('rings for nothing before six on Monday, and for the week before from then on', () => {
    expect(dueWeeks(jakarta, at('2026-06-15T05:59:59.999+07:00'))).toEqual([])
    expect(dueWeeks(jakarta, at('2026-06-15T06:00:00+07:00'))).toEqual(['2026-06-08'])
  })

  it('makes up for a Monday that was missed, for as long as the city wants it', () => {
    expect(dueWeeks(jakarta, at('2026-06-17T06:00:00+07:00'))).toEqual(['2026-06-08'])
    expect(dueWeeks(jakarta, at('2026-06-17T06:00:00.001+07:00'))).toEqual([])
  })

  it('rings for several missed weeks, the oldest first, where a city catches up on a month', () => {
    const config = { ...jakarta, catchUpMs: 28 * 24 * hourMs }
    const weeks = ['2026-05-18', '2026-05-25', '2026-06-01', '2026-06-08']
    expect(dueWeeks(config, at('2026-06-15T09:00:00+07:00'))).toEqual(weeks)
    expect(dueWeeks(config, at('2026-06-15T05:00:00+07:00'))).toEqual(['2026-05-11', ...weeks.slice(0, 3)])
  })

  it('rings at its very moment also where nothing is made up for', () => {
    const config = { ...jakarta, catchUpMs: 0 }
    expect(dueWeeks(config, at('2026-06-15T06:00:00+07:00'))).toEqual(['2026-06-08'])
    expect(dueWeeks(config, at('2026-06-15T06:00:00.001+07:00'))).toEqual([])
  })

  it('rings for exactly the weeks that are due and not too old, in any zone and at any time', () => {
    const zones = ['Asia/Jakarta', 'Asia/Jayapura', 'America/New_York', 'Europe/London', 'Pacific/Apia', 'UTC']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
        fc.integer({ min: 0, max: 24 * 60 - 1 }),
        fc.integer({ min: 0, max: 60 * 24 }),
        (zone, nowMs, dueMinute, catchUpHours) => {
          const catchUpMs = catchUpHours * hourMs
          const expected: string[] = []
          for (let week = '2023-08-07'; week < '2030-02-01'; week = addDays(week, 7)) {
            const dueMs = instantOf(zone, addDays(week, 7), dueMinute)
            if (dueMs <= nowMs && nowMs - dueMs <= catchUpMs) expected.push(week)
          }
          expect(dueWeeks({ zone, dueMinute, catchUpMs }, nowMs)).toEqual(expected)
          expect(expected.every((week) => isoWeekday(week) === 1)).toBe(true)
        },
      ),
      { numRuns: 200 },
    )
  })
})
