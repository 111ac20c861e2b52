import { readFileSync } from 'node:fs'
import { createWorkCalendar } from '@bina/domain/calendar'
import { calendarPolicySchema } from '@bina/domain/calendar-policy'
import { addDays } from '@bina/domain/plain-date'
import { instantOf } from '@bina/domain/zone'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { reportPeriod } from './report-period.ts'

const zone = 'Asia/Jakarta'
const policy = calendarPolicySchema.parse(
  parse(readFileSync(new URL('../../../../policy/calendar.yaml', import.meta.url), 'utf8')),
)
const calendar = createWorkCalendar({ zone, policy })
const stepDueAfter = (week: string, { cityProfile = 'office_5d', mailedOn = addDays(week, 7) } = {}) => {
  const nowMs = instantOf(zone, mailedOn, 360)
  return reportPeriod({ zone, cityProfile, dueMinute: 360 }, calendar, { week, nowMs, dataCompleteUntilMs: nowMs })
    .stepDueOn
}

describe('the step that a report suggests is to be done', () => {
  it.each([
    ['on Friday of a week like any other', '2026-07-06', '2026-07-17'],
    ['on Thursday where Friday is Good Friday', '2026-03-23', '2026-04-02'],
    ['on Thursday before the first of May', '2026-04-20', '2026-04-30'],
    ['on Wednesday before Christmas and its joint leave', '2026-12-14', '2026-12-23'],
    ['on Tuesday before Nyepi and Lebaran', '2026-03-09', '2026-03-17'],
    ['on the first day after Lebaran where it takes the whole week', '2025-03-24', '2025-04-08'],
  ])('%s', (_, week, due) => expect(stepDueAfter(week)).toBe(due))

  it('on Friday all the same where the city keeps no holidays of this country', () => {
    expect(stepDueAfter('2026-03-23', { cityProfile: 'weekdays' })).toBe('2026-04-03')
  })

  it('never by a day that was over when a late mail went out', () => {
    expect(stepDueAfter('2026-03-09', { mailedOn: '2026-03-17' })).toBe('2026-03-17')
    expect(stepDueAfter('2026-03-09', { mailedOn: '2026-03-18' })).toBe('2026-03-25')
  })

  it('in the week that it goes out in, where it waited for somebody to look or is sent again', () => {
    expect(stepDueAfter('2026-03-09', { mailedOn: '2026-04-20' })).toBe('2026-04-24')
    expect(stepDueAfter('2026-11-16', { mailedOn: '2026-11-30' })).toBe('2026-12-04')
  })
})
