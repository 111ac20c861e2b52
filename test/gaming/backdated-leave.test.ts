import { statusSet } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { month, someAbsences } from './test-absences.ts'
import { counted, disciplineOf } from './test-unit.ts'

// Backdated leave: weeks after an absence papers turn up that excuse it (domain.md 2.4).

describe('backdated leave', () => {
  it('gains less than coming to work, and every such day stands in B2', () => {
    const backdated = (workDate: string) => [statusSet('2026-08-14 10:00', { workDate, status: 'excused_leave' })]
    fc.assert(
      fc.property(someAbsences, (absences) => {
        const game = disciplineOf(month(absences, backdated))
        const honest = disciplineOf(month(absences, 'came'))
        const n = absences.places.length
        expect(game.points).toBeLessThan(honest.points)
        expect([counted(game, 'B2'), counted(honest, 'B2')]).toEqual([`${n}/${n}`, '0/0'])
      }),
      { numRuns: 25 },
    )
  })

  it('is told from leave whose papers come within three working days', () => {
    const prompt = (workDate: string) => [statusSet(`${workDate} 17:00`, { workDate, status: 'excused_leave' })]
    const absences = { persons: 4, places: [3, 25] }
    expect(counted(disciplineOf(month(absences, prompt)), 'B2')).toBe('0/2')
  })
})
