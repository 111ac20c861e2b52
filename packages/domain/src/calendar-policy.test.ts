import { describe, expect, it } from 'vitest'
import { calendarPolicySchema, calendarWarnings } from './calendar-policy.ts'

const entry = <T>(value: T, validFrom = '0001-01-01', validTo?: string) => ({
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
  basis: 'a test',
  status: 'in_force',
  value,
})
const monday = (hours: object) => ({ keepsHolidays: true, hours: { monday: hours } })
const good = {
  profiles: { office_5d: [entry(monday({ start: '07:30', end: '16:00' }))] },
  daysOff: [entry({ holidays: ['2026-01-01'], jointLeave: [] }, '2026-01-01', '2026-12-31')],
  ramadan: [entry({ hijriYear: 1447 }, '2026-02-19', '2026-03-20')],
}
const problems = (policy: object) =>
  calendarPolicySchema.safeParse(policy).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('the calendar of a policy', () => {
  it('reads times of day as minutes', () => {
    expect(calendarPolicySchema.parse(good).profiles.office_5d?.[0]?.value.hours.monday).toEqual({
      start: 450,
      end: 960,
    })
  })

  it.each([
    [
      'a shift over midnight that does not say so',
      { start: '22:00', end: '06:00' },
      'end: a shift ends after its start, on the same date unless endsNextDay says otherwise',
    ],
    [
      'a shift of more than a day',
      { start: '08:00', end: '09:00', endsNextDay: true },
      'end: a shift lasts at most 24 hours, so that it is over when the next one starts',
    ],
    [
      'a break of which nobody knows the date',
      { start: '22:00', end: '06:00', endsNextDay: true, break: { start: '02:00', end: '03:00' } },
      'break: a shift over midnight has no break',
    ],
    [
      'a time without quotes that is a number',
      { start: 730, end: '16:00' },
      'start: Invalid input: expected string, received number',
    ],
    [
      'a time that no clock shows',
      { start: '07:60', end: '16:00' },
      'start: expected a time of day in quotes, such as "07:30"',
    ],
    [
      'a break outside the shift',
      { start: '07:30', end: '16:00', break: { start: '15:30', end: '16:30' } },
      'break: a break lies inside the shift',
    ],
  ])('refuses %s', (_, hours, problem) => {
    expect(problems({ ...good, profiles: { office_5d: [entry(monday(hours))] } })).toEqual([
      `profiles.office_5d.0.value.hours.monday.${problem}`,
    ])
  })

  it('refuses a shift that the next day begins before it is over', () => {
    const hours = {
      sunday: { start: '22:00', end: '08:00', endsNextDay: true },
      monday: { start: '07:30', end: '16:00' },
    }
    expect(problems({ ...good, profiles: { office_5d: [entry({ keepsHolidays: true, hours })] } })).toEqual([
      'profiles.office_5d.0.value.hours: a shift that ends on the next day must be over before that day has its own',
    ])
  })

  it('refuses to be without the profile that unknown ones are read as, and a profile without a single working day', () => {
    expect(problems({ ...good, profiles: { weekdays: [entry({ keepsHolidays: false, hours: {} })] } })).toEqual([
      'profiles.weekdays.0.value.hours: a week has at least one working day',
      "profiles: expected a profile 'office_5d'",
    ])
  })

  it('refuses a day off that lies outside the year of its decree', () => {
    const daysOff = [
      entry({ holidays: ['2026-01-01', '2027-01-01'], jointLeave: ['2026-02-30'] }, '2026-01-01', '2026-12-31'),
    ]
    expect(problems({ ...good, daysOff })).toEqual([
      'daysOff.0.value.jointLeave.0: expected a date, such as 2026-01-01',
      'daysOff.0.value.holidays.1: 2027-01-01 is outside the days that the entry is valid for',
    ])
  })

  it('warns of years without a decree and of what nobody has confirmed, and works all the same', () => {
    const unsure = { ...good, ramadan: [{ ...good.ramadan[0], status: 'unconfirmed' }] }
    expect(calendarWarnings(calendarPolicySchema.parse(unsure), 2026, 2027)).toEqual([
      '2026: the dates of Ramadan are unconfirmed',
      '2027: no decree on holidays and joint leave',
      '2027: no dates of Ramadan',
    ])
  })
})
