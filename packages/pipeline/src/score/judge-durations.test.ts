import { describe, expect, it } from 'vitest'
import { at, calendar, zone } from '../fold/test-city.ts'
import type { TimedCase } from '../ports/unit-facts.ts'
import { judgeDurations } from './judge-durations.ts'

const config = { zone, calendar, finalAfterDays: 14 }
const week = '2026-07-13'
const now = at('2026-07-20 06:00')

const resolved = (hours: number, dueWeek = week): TimedCase => {
  return { unitId: 'A', dueWeek, minutes: hours * 60, profile: 'office_5d', runningFrom: [], runningTo: [] }
}
/** Open since this instant; a working day has seven and a half hours. */
const open = (from: string, to?: string, dueWeek = week): TimedCase => {
  const [runningFrom, runningTo] = [[at(from)], [to === undefined ? null : at(to)]]
  return { unitId: 'A', dueWeek, minutes: null, profile: 'office_5d', runningFrom, runningTo }
}

const judge = (cases: readonly TimedCase[], nowMs = now, of = week) => judgeDurations(config, 'A', of, cases, nowMs)

describe('time to resolve (S7)', () => {
  it('tells by when half and four of five were resolved, in working hours', () => {
    expect(judge([1, 2, 4, 8, 30].map((hours) => resolved(hours)))).toEqual({
      unitId: 'A',
      week,
      cases: 5,
      censored: 0,
      medianWorkingHours: 4,
      p80WorkingHours: 8,
    })
  })

  it('keeps an open case among those at risk for as long as it has lasted', () => {
    // Open for 1.5 working days, 11.25 h: of five the first two are resolved by 4 h (3/5 last longer), then of two one by 20 h (3/10), and
    // the last by 40 h.
    const cases = [resolved(2), resolved(4), open('2026-07-16 13:00', '2026-07-18 00:00'), resolved(20), resolved(40)]
    expect(judge(cases)).toMatchObject({ censored: 1, medianWorkingHours: 20, p80WorkingHours: 40 })
  })

  it('says nothing of what too many have not reached yet', () => {
    const cases = [resolved(2), open('2026-07-06 07:30'), open('2026-07-06 07:30')]
    expect(judge(cases)).toMatchObject({ cases: 3, censored: 2, medianWorkingHours: null, p80WorkingHours: null })
  })

  it('does not count the hours of a case while nothing runs', () => {
    // 7.5 h on Monday the 6th, then the citizen is waited for.
    const waiting = open('2026-07-06 07:30', '2026-07-06 16:00')
    expect(judge([waiting, resolved(7), resolved(8)])).toMatchObject({ medianWorkingHours: 8 })
    expect(judge([open('2026-07-06 07:30'), resolved(7), resolved(8)])).toMatchObject({ medianWorkingHours: 8 })
    expect(judge([waiting, resolved(8), resolved(9)])).toMatchObject({ medianWorkingHours: 8, p80WorkingHours: 9 })
  })

  it('looks at the thirteen weeks of dues that end with the week', () => {
    const cases = [resolved(1, '2026-04-20'), resolved(2, '2026-04-13'), resolved(3, '2026-07-20')]
    expect(judge(cases)).toMatchObject({ cases: 1, medianWorkingHours: 1 })
    expect(judge([resolved(2, '2026-04-13')])).toBeUndefined()
  })

  it('is not moved by time alone once the week is final', () => {
    const cases = [open('2026-07-06 07:30'), resolved(100), resolved(200)]
    const final = judge(cases, at('2026-08-03 00:00'))
    expect(judge(cases, at('2026-12-01'))).toEqual(final)
    expect(judge(cases, at('2026-07-20 00:00'))).not.toEqual(final)
  })
})
