import { createWorkCalendar, type WorkCalendar } from '@bina/domain/calendar'
import { calendarPolicySchema } from '@bina/domain/calendar-policy'

const usual = { start: '07:30', end: '16:00', break: { start: '12:00', end: '13:00' } }
const friday = { start: '07:30', end: '16:30', break: { start: '11:30', end: '13:00' } }
const dated = { validFrom: '0001-01-01', basis: 'a test', status: 'in_force' }

/**
 * For tests of this folder, which ask for a city's rhythm and not for the rules in force: usual hours, the holidays of
 * early 2026.
 */
export function fixtureCalendar(zone: string): WorkCalendar {
  const hours = { monday: usual, tuesday: usual, wednesday: usual, thursday: usual, friday }
  const policy = calendarPolicySchema.parse({
    profiles: { office_5d: [{ ...dated, value: { keepsHolidays: true, hours } }] },
    daysOff: [
      {
        ...dated,
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
        value: {
          holidays: ['2026-01-01', '2026-01-16', '2026-02-17', '2026-03-19', '2026-04-03', '2026-05-01', '2026-05-14'],
          jointLeave: ['2026-02-16', '2026-03-18', '2026-03-20', '2026-03-23', '2026-03-24', '2026-05-15'],
        },
      },
    ],
    ramadan: [],
  })
  return createWorkCalendar({ zone, policy })
}
