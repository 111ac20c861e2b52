import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorkCalendar, type Shift } from './calendar.ts'
import { calendarPolicySchema } from './calendar-policy.ts'
import { addDays, type PlainDate } from './plain-date.ts'
import { dateIn, instantOf } from './zone.ts'

const usual = { start: '07:30', end: '16:00', break: { start: '12:00', end: '13:00' } }
const friday = { start: '07:30', end: '16:30', break: { start: '11:30', end: '13:00' } }
const fasting = { start: '08:00', end: '15:00', break: { start: '12:00', end: '12:30' } }
const fastingFriday = { start: '08:00', end: '15:30', break: { start: '11:30', end: '12:30' } }
const plain = { start: '09:00', end: '17:00' }
const night = { start: '21:00', end: '07:00', endsNextDay: true }
const aroundTheClock = { start: '08:00', end: '08:00', endsNextDay: true }
const everyDay = (hours: object) => ({
  keepsHolidays: false,
  hours: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, hours]),
  ),
})
const dated = { validFrom: '0001-01-01', basis: 'a test', status: 'in_force' }

const policy = calendarPolicySchema.parse({
  profiles: {
    office_5d: [
      {
        ...dated,
        value: {
          keepsHolidays: true,
          hours: { monday: usual, tuesday: usual, wednesday: usual, thursday: usual, friday },
          ramadanHours: {
            monday: fasting,
            tuesday: fasting,
            wednesday: fasting,
            thursday: fasting,
            friday: fastingFriday,
          },
        },
      },
    ],
    weekdays: [
      {
        ...dated,
        value: {
          keepsHolidays: false,
          hours: { monday: plain, tuesday: plain, wednesday: plain, thursday: plain, friday: plain },
        },
      },
    ],
    night: [{ ...dated, value: everyDay(night) }],
    around_the_clock: [{ ...dated, value: everyDay(aroundTheClock) }],
    weekend_nights: [{ ...dated, value: { keepsHolidays: true, hours: { friday: night, saturday: night } } }],
  },
  daysOff: [
    {
      ...dated,
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      value: {
        holidays: ['2026-01-01', '2026-01-16', '2026-03-19', '2026-12-25'],
        jointLeave: ['2026-03-18', '2026-12-24'],
      },
    },
  ],
  ramadan: [{ ...dated, validFrom: '2026-02-19', validTo: '2026-03-20', value: { hijriYear: 1447 } }],
})

const JAKARTA = 'Asia/Jakarta'
const NEW_YORK = 'America/New_York'
const city = createWorkCalendar({ zone: JAKARTA, policy })
const newYork = createWorkCalendar({ zone: NEW_YORK, policy })

const at = (local: string) =>
  instantOf(JAKARTA, local.slice(0, 10), Number(local.slice(11, 13)) * 60 + Number(local.slice(14)))
const local = (instantMs: number) => new Date(instantMs + 7 * 3_600_000).toISOString().slice(0, 16)
const clock = (shift: Shift | undefined) =>
  shift && [shift.startMs, shift.breakStartMs, shift.breakEndMs, shift.endMs].map((ms) => local(ms).slice(11)).join(' ')

describe('shifts', () => {
  it.each([
    ['a Monday', '2026-11-16', '07:30 12:00 13:00 16:00'],
    ['a Friday', '2026-11-20', '07:30 11:30 13:00 16:30'],
    ['a Saturday', '2026-11-21', undefined],
    ['a Sunday', '2026-11-22', undefined],
    ['a Monday in Ramadan', '2026-02-23', '08:00 12:00 12:30 15:00'],
    ['the first day of Ramadan', '2026-02-19', '08:00 12:00 12:30 15:00'],
    ['the day before Ramadan', '2026-02-18', '07:30 12:00 13:00 16:00'],
    ['a Friday in Ramadan, its last day', '2026-03-20', '08:00 11:30 12:30 15:30'],
    ['a holiday', '2026-01-16', undefined],
    ['a day of joint leave', '2026-12-24', undefined],
  ])('%s', (_, date, expected) => expect(clock(city.shiftOn('office_5d', date))).toBe(expected))

  it('of a profile that keeps no holidays and no Ramadan go on', () => {
    expect(clock(city.shiftOn('weekdays', '2026-01-01'))).toBe('09:00 17:00 17:00 17:00')
    expect(clock(city.shiftOn('weekdays', '2026-02-23'))).toBe('09:00 17:00 17:00 17:00')
  })

  it('over midnight belong whole to the date on which they start, holidays or not', () => {
    const shift = city.shiftOn('night', '2026-12-25')
    expect([local(shift?.startMs ?? 0), local(shift?.endMs ?? 0)]).toEqual(['2026-12-25T21:00', '2026-12-26T07:00'])
    expect(local(city.closeOfWorkingDay('night', '2026-12-24', 1))).toBe('2026-12-26T07:00')
    expect(city.workingMinutes('night', at('2026-12-25T06:00'), at('2026-12-25T22:00'))).toBe(120)
    expect(city.workingMinutes('around_the_clock', at('2026-12-25T06:00'), at('2026-12-26T06:00'))).toBe(1440)
  })

  it('of an unknown profile are those of office_5d, and the calendar says that it does not know it', () => {
    for (const profile of ['six_days', '__proto__', 'constructor', '']) {
      expect(city.knows(profile)).toBe(false)
      expect(city.shiftOn(profile, '2026-11-16')).toEqual(city.shiftOn('office_5d', '2026-11-16'))
    }
    expect(city.knows('office_5d')).toBe(true)
  })
})

describe('close of a working day', () => {
  it.each([
    ['counts from the receipt date as day 0', '2026-11-16', 2, '2026-11-18T16:00'],
    ['ends with the Friday at its own hour', '2026-11-16', 4, '2026-11-20T16:30'],
    ['steps over a weekend', '2026-11-20', 1, '2026-11-23T16:00'],
    ['takes a Saturday as day 0', '2026-11-21', 1, '2026-11-23T16:00'],
    ['takes a holiday as day 0', '2026-01-16', 1, '2026-01-19T16:00'],
    ['steps over holidays and joint leave', '2026-03-17', 1, '2026-03-20T15:30'],
    ['runs 60 working days', '2026-09-01', 60, '2026-11-24T16:00'],
    ['steps from one year to the next', '2026-12-23', 1, '2026-12-28T16:00'],
  ])('%s', (_, from, n, expected) => expect(local(city.closeOfWorkingDay('office_5d', from, n))).toBe(expected))

  it.each([0, -1, 1.5, Number.NaN])('has no day %s', (n) => {
    expect(() => city.closeOfWorkingDay('office_5d', '2026-11-16', n)).toThrow(RangeError)
  })
})

describe('working minutes', () => {
  it.each([
    ['a whole day without its break', '2026-11-16T00:00', '2026-11-17T00:00', 450],
    ['nothing in a break', '2026-11-16T12:00', '2026-11-16T13:00', 0],
    ['nothing at night', '2026-11-16T16:00', '2026-11-17T07:30', 0],
    ['the work around a break', '2026-11-16T11:50', '2026-11-16T13:10', 20],
    ['37 and a half hours a week', '2026-11-16T00:00', '2026-11-23T00:00', 2250],
    ['32 and a half in Ramadan', '2026-02-23T00:00', '2026-03-02T00:00', 1950],
    ['nothing backwards', '2026-11-17T00:00', '2026-11-16T00:00', 0],
    ['nothing from an instant to itself', '2026-11-16T10:00', '2026-11-16T10:00', 0],
  ])('%s', (_, from, to, minutes) => expect(city.workingMinutes('office_5d', at(from), at(to))).toBe(minutes))

  it('are rounded down once, at the end', () => {
    const from = at('2026-11-16T11:59') + 30_000
    expect(city.workingMinutes('office_5d', from, at('2026-11-16T13:00') + 29_999)).toBe(0)
    expect(city.workingMinutes('office_5d', from, at('2026-11-16T13:00') + 30_000)).toBe(1)
  })

  const instants = fc.integer({ min: at('2025-12-20T00:00'), max: at('2027-01-10T00:00') })
  const calendars = fc.constantFrom(
    { calendar: city, zone: JAKARTA, profile: 'office_5d' },
    { calendar: newYork, zone: NEW_YORK, profile: 'weekdays' },
    { calendar: city, zone: JAKARTA, profile: 'night' },
    { calendar: city, zone: JAKARTA, profile: 'around_the_clock' },
    { calendar: newYork, zone: NEW_YORK, profile: 'weekend_nights' },
  )

  it('are those of a walk over every minute', () => {
    const starts = instants.map((ms) => Math.floor(ms / 60_000) * 60_000)
    fc.assert(
      fc.property(calendars, starts, fc.integer({ min: 0, max: 6000 }), ({ calendar, zone, profile }, fromMs, span) => {
        let counted = 0
        for (let ms = fromMs; ms < fromMs + span * 60_000; ms += 60_000) {
          const today = dateIn(zone, ms)
          const atWork = [addDays(today, -1), today].some((date) => {
            const shift = calendar.shiftOn(profile, date)
            if (shift === undefined || ms < shift.startMs || ms >= shift.endMs) return false
            return ms < shift.breakStartMs || ms >= shift.breakEndMs
          })
          if (atWork) counted++
        }
        expect(calendar.workingMinutes(profile, fromMs, fromMs + span * 60_000)).toBe(counted)
      }),
    )
  })

  it('of years are the sum of their days', () => {
    let sum = 0
    for (let date: PlainDate = '1999-01-01'; date < '2031-01-01'; date = addDays(date, 1)) {
      const shift = city.shiftOn('office_5d', date)
      if (shift !== undefined) sum += shift.endMs - shift.startMs - (shift.breakEndMs - shift.breakStartMs)
    }
    expect(city.workingMinutes('office_5d', at('1999-01-01T00:00'), at('2031-01-01T00:00'))).toBe(sum / 60_000)
  })

  it('lead back from a count to the first instant that has it', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 1, max: 200_000 }),
        ({ calendar, profile }, fromMs, minutes) => {
          const toMs = calendar.instantAfterWorkingMinutes(profile, fromMs, minutes)
          expect(calendar.workingMinutes(profile, fromMs, toMs)).toBe(minutes)
          expect(calendar.workingMinutes(profile, fromMs, toMs - 1)).toBe(minutes - 1)
        },
      ),
    )
  })

  it('up to a close of business lead back to that close', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 60 }), ({ calendar, zone, profile }, fromMs, n) => {
        const closeMs = calendar.closeOfWorkingDay(profile, dateIn(zone, fromMs), n)
        const minutes = calendar.workingMinutes(profile, fromMs, closeMs)
        const backMs = calendar.instantAfterWorkingMinutes(profile, fromMs, minutes)
        expect(closeMs - backMs).toBeGreaterThanOrEqual(0)
        expect(closeMs - backMs).toBeLessThan(60_000)
      }),
    )
  })

  it('are there at once when none are asked for, and have no end to wait for when their count has none', () => {
    expect(city.instantAfterWorkingMinutes('office_5d', at('2026-11-21T10:00'), 0)).toBe(at('2026-11-21T10:00'))
    expect(city.instantAfterWorkingMinutes('office_5d', at('2026-11-20T16:00'), 30)).toBe(at('2026-11-20T16:30'))
    expect(city.instantAfterWorkingMinutes('office_5d', at('2026-11-20T16:00'), 29.5)).toBe(at('2026-11-20T16:30'))
    expect(() =>
      city.instantAfterWorkingMinutes('office_5d', at('2026-11-21T10:00'), Number.POSITIVE_INFINITY),
    ).toThrow(RangeError)
  })

  it('reach from the first year to the last, and do not wait for a day after it', () => {
    expect(dateIn(JAKARTA, city.closeOfWorkingDay('office_5d', '0001-01-01', 1))).toBe('0001-01-02')
    expect(local(city.closeOfWorkingDay('office_5d', '9999-12-29', 2))).toBe('9999-12-31T16:30')
    expect(() => city.closeOfWorkingDay('office_5d', '9999-12-31', 1)).toThrow(RangeError)
    expect(() => city.instantAfterWorkingMinutes('office_5d', at('9999-12-31T12:00'), 1e6)).toThrow(RangeError)
  })

  it('last as long as the clock on a day that is an hour short', () => {
    const night = calendarPolicySchema.parse({
      profiles: {
        office_5d: [{ ...dated, value: { keepsHolidays: false, hours: { sunday: { start: '00:00', end: '24:00' } } } }],
      },
      daysOff: [],
      ramadan: [],
    })
    const calendar = createWorkCalendar({ zone: NEW_YORK, policy: night })
    const day = (date: PlainDate) =>
      calendar.workingMinutes('office_5d', instantOf(NEW_YORK, date, 0), instantOf(NEW_YORK, date, 1440))
    expect(['2022-03-13', '2022-03-20', '2022-11-06'].map(day)).toEqual([23 * 60, 24 * 60, 25 * 60])
  })
})
