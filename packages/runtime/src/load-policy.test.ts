import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createWorkCalendar } from '@bina/domain/calendar'
import { calendarWarnings } from '@bina/domain/calendar-policy'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { instantOf } from '@bina/domain/zone'
import { scoringRulesOn } from '@bina/scoring/scoring-policy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadPolicy, PolicyError } from './load-policy.ts'
import { copyPolicy } from './test-policy-copy.ts'

const policyDir = new URL('../../../policy/', import.meta.url).pathname
const JAKARTA = 'Asia/Jakarta'

const daysOf = (year: number) => {
  const days: PlainDate[] = []
  for (let day: PlainDate = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day)
  return days
}

describe('the policy of the city', () => {
  it('is called v2, and nobody can change it once it is read', async () => {
    const policy = await loadPolicy(policyDir)
    expect(policy.version).toBe('v2')
    expect(Object.isFrozen(policy.scoring.priors[0]?.value.A1)).toBe(true)
    expect(Object.isFrozen(policy.calendar.daysOff[0]?.value.holidays)).toBe(true)
    expect(Object.isFrozen(policy.rules.attendanceOn('2026-01-01'))).toBe(true)
  })

  it.each([
    [2025, 17, 11, 261 - 24],
    [2026, 17, 8, 261 - 21],
    [2027, 5, 0, 261 - 3],
  ])('has the days off of %i', async (year, holidays, jointLeave, workingDays) => {
    const { calendar } = await loadPolicy(policyDir)
    const value = calendar.daysOff.find(({ validFrom }) => validFrom === `${year}-01-01`)?.value
    expect([value?.holidays.length, value?.jointLeave.length]).toEqual([holidays, jointLeave])
    const work = createWorkCalendar({ zone: JAKARTA, policy: calendar })
    expect(daysOf(year).filter((day) => work.shiftOn('office_5d', day) !== undefined)).toHaveLength(workingDays)
    const weekdays = daysOf(year).filter((day) => work.shiftOn('weekdays', day) !== undefined)
    expect(weekdays).toHaveLength(261)
  })

  it.each([
    ['office_5d', '2026-11-16', 37.5],
    ['office_5d', '2026-02-23', 32.5],
    ['office_5d', '2025-03-03', 32.5],
    ['office_5d', '2026-03-16', 13],
    ['office_5d', '2022-05-02', 37.5],
    ['office_5d', '2019-09-23', 7.5 + 3 * 5 + 4.5],
    ['office_5d', '2019-09-30', 5 + 3 * 7.5 + 7.5],
    ['office_6d', '2026-11-16', 37.5],
    ['office_6d', '2026-02-23', 32.5],
    ['roster_24h', '2026-12-21', 168],
    ['roster_morning', '2026-12-21', 49],
    ['roster_night', '2026-12-21', 70],
  ])('asks %s for the working hours of the week of %s', async (profile, monday, hours) => {
    const { calendar } = await loadPolicy(policyDir)
    const work = createWorkCalendar({ zone: JAKARTA, policy: calendar })
    const from = instantOf(JAKARTA, monday, 0)
    expect(work.workingMinutes(profile, from, instantOf(JAKARTA, addDays(monday, 7), 0)) / 60).toBe(hours)
  })

  it('can count what was imported from a city without its holidays, years before the first decree on file', async () => {
    const { calendar, rules, scoring } = await loadPolicy(policyDir)
    const work = createWorkCalendar({ zone: 'America/New_York', policy: calendar })
    expect(new Date(work.closeOfWorkingDay('weekdays', '2022-05-01', 14)).toISOString()).toBe(
      '2022-05-19T21:00:00.000Z',
    )
    expect(rules.deadlinesOn('2022-05-01').classWorkingDays).toEqual({
      light: 2,
      normative: 5,
      ordinary: 14,
      supervision: 60,
    })
    expect(rules.attendanceOn('1999-01-01').missingClockOutMinutes).toBe(91)
    expect(scoringRulesOn(scoring, '2022-05-02').bands).toEqual({ keptFrom: 80, supportUnder: 60 })
  })

  it('loses as many minutes on one day in the scores as in the rules of attendance', async () => {
    const { rules, scoring } = await loadPolicy(policyDir)
    expect(scoringRulesOn(scoring, '2026-11-16').lostMinutesLimit).toBe(rules.attendanceOn('2026-11-16').dayMinutes)
  })

  it('warns of 2027, whose decree is not out', async () => {
    const { calendar } = await loadPolicy(policyDir)
    expect(calendarWarnings(calendar, 2027, 2027)).toEqual([
      '2027: holidays and joint leave are provisional',
      '2027: no dates of Ramadan',
    ])
  })
})

describe('a broken policy', () => {
  let copy: Awaited<ReturnType<typeof copyPolicy>>
  let dir: string
  beforeEach(async () => {
    copy = await copyPolicy(policyDir)
    dir = copy.dir
  })
  afterEach(() => copy.remove())
  const replace = (file: string, from: string, to: string) => copy.replace(file, from, to)
  const problems = async () => {
    const error = await loadPolicy(dir).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PolicyError)
    return error instanceof PolicyError ? error : new PolicyError(dir, [])
  }

  it('is refused with all that is wrong in all files, each with file and path', async () => {
    await replace('version.yaml', 'version: v2', 'version: 1')
    await replace('calendar.yaml', '    status: provisional', '    status: guessed')
    await replace('attendance.yaml', 'value: 91', 'value: ninety-one')
    await replace('attendance.yaml', 'dayMinutes:', 'minutesOfADay:')
    await replace('scoring.yaml', 'weight: 0.50', 'weight: 0.60')
    await rm(join(dir, 'deadlines.yaml'))
    const error = await problems()
    expect(error.code).toBe('policy_invalid')
    expect(error.problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
      'version.yaml version',
      'calendar.yaml daysOff.2.status',
      'attendance.yaml missingClockOutMinutes.0.value',
      'attendance.yaml dayMinutes',
      'attendance.yaml ',
      'deadlines.yaml ',
      'scoring.yaml discipline.0.value.terms',
    ])
    expect(error.message).toContain('deadlines.yaml: cannot be read (ENOENT)')
    expect(error.message).toMatch(/scoring\.yaml:\d+ at discipline\.0\.value\.terms: expected weights that add up to 1/)
  })

  it('is refused where it is no YAML, names a thing twice, or repeats what is not there', async () => {
    await replace('scoring.yaml', 'bands:', 'priors:')
    await replace('calendar.yaml', '*usual', '*unusual')
    await replace('deadlines.yaml', 'value: {', 'value: [')
    const { message } = await problems()
    expect(message).toMatch(/scoring\.yaml:\d+: column 1: Map keys must be unique/)
    expect(message).toMatch(/deadlines\.yaml:\d+: column \d+: /)
    expect(message).toMatch(/calendar\.yaml: .*unusual/)
  })

  it('is refused when a day is left without a rule', async () => {
    await replace('attendance.yaml', 'validFrom: 0001-01-01', 'validFrom: 2026-01-01')
    expect((await problems()).problems).toEqual([
      { file: 'attendance.yaml', line: 4, path: 'toleranceMinutes', message: 'no entry is in force on 0001-01-01' },
    ])
  })
})
