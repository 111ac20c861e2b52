import { clock, statusSet } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Absences } from './test-absences.ts'
import { excusing, month } from './test-absences.ts'
import { cameToWork, counted, disciplineOf, workdays } from './test-unit.ts'

// Switching the clock off: on a day on which few come, nobody has a record (domain.md 5.1; readings 17, 21a).

const someDays = fc.uniqueArray(fc.nat(workdays.length - 1), { minLength: 1, maxLength: 6 })
const onDays = (persons: number, days: readonly number[]): Absences => ({
  persons,
  places: Array.from({ length: persons }, (_, person) => days.map((day) => person * workdays.length + day)).flat(),
})

describe('switching the clock off', () => {
  it('in an office of five or more gains less than coming, and each such day is a suspected outage for the inspectorate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 9 }), someDays, (persons, days) => {
        const off = onDays(persons, days)
        const [game, honest] = [disciplineOf(month(off, 'absent')), disciplineOf(month(off, 'came'))]
        expect(game.points).toBeLessThan(honest.points)
        expect([game.findings.suspected_outage, honest.findings.suspected_outage]).toEqual([days.length, undefined])
      }),
      { numRuns: 20 },
    )
  })

  it('in a smaller office is absence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), someDays, (persons, days) => {
        const off = onDays(persons, days)
        const game = disciplineOf(month(off, 'absent'))
        const due = persons * workdays.length
        expect(counted(game, 'A1')).toBe(`${due - persons * days.length}/${due}`)
        expect(game.points).toBeLessThan(disciplineOf(month(off, 'came')).points)
      }),
      { numRuns: 20 },
    )
  })

  it('after a single record is absence of all the others', () => {
    const persons = 7
    const off = onDays(persons, [4])
    const game = disciplineOf(month(off, (date, nth) => (nth === 0 ? cameToWork(date) : [])))
    expect(counted(game, 'A1')).toBe(`${persons * 20 - 6}/${persons * 20}`)
    expect(game.findings).toEqual({})
  })

  it('in the afternoon is leaving early: no clock-out is no full day', () => {
    const off = onDays(6, [2, 3])
    const game = disciplineOf(month(off, (date) => [clock('in', `${date} 07:20`)]))
    expect(counted(game, 'A3')).toBe('108/120')
    expect(game.points).toBeLessThan(disciplineOf(month(off, 'came')).points)
  })

  it('and calling it an outage oneself changes nothing and is found; only the city may', () => {
    const off = onDays(6, [2])
    const byUnit = (workDate: string) => [statusSet(`${workDate} 08:00`, { workDate, status: 'outage', setBy: 'unit' })]
    const [own, silent] = [disciplineOf(month(off, byUnit)), disciplineOf(month(off, 'absent'))]
    expect(own.points).toBe(silent.points)
    expect(own.findings).toEqual({ suspected_outage: 1, outage_declared_by_unit: 6 })
    expect(disciplineOf(month(off, (date) => excusing(date, 'outage'))).findings).toEqual({})
  })
})
