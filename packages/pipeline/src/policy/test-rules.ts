import type { PlainDate } from '@bina/domain/plain-date'
import type { PolicyValues } from './policy-changes.ts'

// Tests only: a small set of rules.

export const dated = <T>(validFrom: PlainDate, value: T, validTo?: PlainDate) => ({
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
  basis: 'a test',
  status: 'unconfirmed' as const,
  value,
})
export const always = <T>(value: T) => [dated('0001-01-01', value)]

export const rules: PolicyValues = {
  calendar: {
    profiles: { office_5d: always({ keepsHolidays: true, hours: 'usual' }) },
    daysOff: [dated('2026-01-01', { holidays: ['2026-01-01'], jointLeave: ['2026-12-24'] }, '2026-12-31')],
    ramadan: [dated('2026-02-19', { hijriYear: 1447 }, '2026-03-20')],
  },
  attendance: { toleranceMinutes: always(0) },
  deadlines: { responseWorkingDays: always(5) },
  scoring: { bands: always({ keptFrom: 80, supportUnder: 60 }) },
}
