import { clock, spotCheck, statusSet } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { month, someAbsences } from './test-absences.ts'
import { counted, disciplineOf } from './test-unit.ts'

// The unit's own word: it says of an absence that the person was present, or of lateness that it was for work (reading 18).

const present = (workDate: string, more: { readonly lateExcused?: boolean } = {}) =>
  statusSet(`${workDate} 17:00`, { workDate, status: 'present', setBy: 'unit', ...more })

describe('a unit that says itself that somebody was present', () => {
  it('gains as much as by coming, which B3 does not see: each such day is found', () => {
    fc.assert(
      fc.property(someAbsences, (absences) => {
        const game = disciplineOf(month(absences, (date) => [present(date)]))
        const honest = disciplineOf(month(absences, 'came'))
        expect(game.points).toBe(honest.points)
        expect(counted(game, 'B3')).toMatch(/^0\//)
        expect(game.findings).toEqual({ presence_set_by_unit: absences.places.length })
        expect(honest.findings).toEqual({})
      }),
      { numRuns: 25 },
    )
  })

  it('gains less than coming as soon as one call meets an empty chair', () => {
    fc.assert(
      fc.property(someAbsences, (absences) => {
        const caught = disciplineOf(
          month(absences, (date, nth) => [
            present(date),
            ...(nth === 0 ? [spotCheck(`${date} 10:00`, 'not_found')] : []),
          ]),
        )
        expect(counted(caught, 'C1')).toBe('0/1')
        expect(caught.points).toBeLessThan(disciplineOf(month(absences, 'came')).points)
      }),
      { numRuns: 25 },
    )
  })

  it('or late for a reason of work, is found as well', () => {
    const late = (date: string) => [
      clock('in', `${date} 09:10`),
      clock('out', `${date} 16:35`),
      present(date, { lateExcused: true }),
    ]
    const game = disciplineOf(month({ persons: 4, places: [3] }, late))
    expect([counted(game, 'A2'), game.findings]).toEqual(['80/80', { presence_set_by_unit: 1 }])
  })
})
