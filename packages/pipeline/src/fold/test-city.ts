import { createWorkCalendar } from '@bina/domain/calendar'
import { calendarPolicySchema } from '@bina/domain/calendar-policy'
import type { AttendanceRules, DeadlineRules } from '@bina/domain/rules'
import { instantOf } from '@bina/domain/zone'

// Tests only: a city in Jakarta's zone whose July 2026 has no day off between Mondays and Fridays, so that spans can be
// reckoned in the head. A full day is 450 minutes at work.

const usual = { start: '07:30', end: '16:00', break: { start: '12:00', end: '13:00' } }
const friday = { start: '07:30', end: '16:30', break: { start: '11:30', end: '13:00' } }
const plain = { start: '09:00', end: '17:00' }
const dated = { validFrom: '0001-01-01', basis: 'a test', status: 'in_force' }

const policy = calendarPolicySchema.parse({
  profiles: {
    office_5d: [
      {
        ...dated,
        value: {
          keepsHolidays: true,
          hours: { monday: usual, tuesday: usual, wednesday: usual, thursday: usual, friday },
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
    night: [
      {
        ...dated,
        value: {
          keepsHolidays: false,
          hours: {
            thursday: { start: '21:00', end: '07:00', endsNextDay: true },
            friday: { start: '21:00', end: '07:00', endsNextDay: true },
          },
        },
      },
    ],
  },
  daysOff: [
    {
      ...dated,
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      value: { holidays: ['2026-08-17', '2026-08-25'], jointLeave: ['2026-12-24'] },
    },
  ],
  ramadan: [],
})

export const zone = 'Asia/Jakarta'
export const cityProfile = 'office_5d'
export const calendar = createWorkCalendar({ zone, policy })

export const attendanceRules: AttendanceRules = {
  toleranceMinutes: 0,
  lateClasses: [
    { code: 'TL1', upToMinutes: 30 },
    { code: 'TL2', upToMinutes: 60 },
    { code: 'TL3', upToMinutes: 90 },
    { code: 'TL4', upToMinutes: null },
  ],
  earlyClasses: [
    { code: 'PSW1', upToMinutes: 30 },
    { code: 'PSW2', upToMinutes: 60 },
    { code: 'PSW3', upToMinutes: 90 },
    { code: 'PSW4', upToMinutes: null },
  ],
  missingClockOutMinutes: 91,
  makeUpUpToMinutes: 30,
  retroactiveAfterWorkingDays: 3,
  dayMinutes: 450,
}

export const deadlines: DeadlineRules = {
  classWorkingDays: { light: 2, normative: 5, ordinary: 14, supervision: 60 },
  responseWorkingDays: 5,
  custodyFloorWorkingDays: 3,
  regainWithinWorkingDays: 10,
  reopenWithinDays: 30,
  waitingWorkingDays: 10,
  severeCategories: ['illegal_fee', 'discrimination'],
}

/** `at('2026-07-06 07:30')`, seconds if wanted: the city's wall clock as epoch milliseconds. */
export function at(wallTime: string): number {
  const [date = '', time = '00:00'] = wallTime.split(' ')
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return instantOf(zone, date, hours * 60 + minutes) + seconds * 1000
}
