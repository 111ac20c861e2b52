import { spotCheck, statusSet } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excusing, month, someAbsences } from './test-absences.ts'
import { counted, disciplineOf, share } from './test-unit.ts'

// Exempt days: an absence is called leave, duty or flexible work (domain.md 2.4; Rajasthan, F34).

describe('an exempt day in place of an absence', () => {
  it('gains less than coming to work, and raises B1', () => {
    const excuse = fc.constantFrom('excused_leave' as const, 'official_duty' as const, 'flexible_work' as const)
    fc.assert(
      fc.property(someAbsences, excuse, (absences, status) => {
        const game = disciplineOf(month(absences, (date) => excusing(date, status)))
        const honest = disciplineOf(month(absences, 'came'))
        expect(game.points).toBeLessThan(honest.points)
        expect(share(game, 'B1')).toBeGreaterThan(share(honest, 'B1'))
      }),
      { numRuns: 25 },
    )
  })

  it('taken off the schedule by the unit itself is in no measure, and is found', () => {
    const dayOff = (workDate: string) => [
      statusSet(`${workDate} 08:00`, { workDate, status: 'not_scheduled', setBy: 'unit' }),
    ]
    fc.assert(
      fc.property(someAbsences, (absences) => {
        const game = disciplineOf(month(absences, dayOff))
        expect(game.points).toBeLessThan(disciplineOf(month(absences, 'came')).points)
        expect(game.findings).toEqual({ day_off_set_by_unit: absences.places.length })
      }),
      { numRuns: 25 },
    )
  })

  it('excuses nobody from the draw: duty that nobody is found at costs C1', () => {
    const onPaper = (date: string) => [
      statusSet(`${date} 08:00`, { workDate: date, status: 'official_duty' }),
      spotCheck(`${date} 10:00`, 'not_found'),
    ]
    fc.assert(
      fc.property(someAbsences, (absences) => {
        const caught = disciplineOf(month(absences, onPaper))
        const unseen = disciplineOf(month(absences, (date) => excusing(date, 'official_duty')))
        expect(caught.points).toBeLessThan(unseen.points)
        expect(counted(caught, 'C1')).toBe(`0/${absences.places.length}`)
      }),
      { numRuns: 25 },
    )
  })
})
