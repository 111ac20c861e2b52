import { clock, spotCheck } from '@bina/pipeline/fold/test-events'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { month, someAbsences } from './test-absences.ts'
import { cameToWork, counted, disciplineOf, type Figures } from './test-unit.ts'

// Buddy punching: a colleague, or a false place, clocks in for somebody who is not there (domain.md 2.4).

const punched = (date: string) => cameToWork(date)
const caught = (date: string) => [...punched(date), spotCheck(`${date} 10:00`, 'not_found')]
const seen = (date: string) => [...punched(date), spotCheck(`${date} 10:00`, 'confirmed')]

describe('buddy punching', () => {
  it('gains less than coming to work wherever one call meets an empty chair, and C1 shows it', () => {
    const drawn = someAbsences.chain((absences) =>
      fc.record({ absences: fc.constant(absences), calls: fc.integer({ min: 1, max: absences.places.length }) }),
    )
    fc.assert(
      fc.property(drawn, ({ absences, calls }) => {
        const game = disciplineOf(month(absences, (date, nth) => (nth < calls ? caught : punched)(date)))
        const honest = disciplineOf(month(absences, (date, nth) => (nth < calls ? seen : punched)(date)))
        expect(game.points).toBeLessThan(honest.points)
        expect([counted(game, 'C1'), counted(honest, 'C1')]).toEqual([`0/${calls}`, `${calls}/${calls}`])
      }),
      { numRuns: 25 },
    )
  })

  it('loses by not answering the call as by not being there', () => {
    const hidden = (date: string) => [...punched(date), spotCheck(`${date} 10:00`, 'unreachable')]
    const absences = { persons: 5, places: [4, 40, 77] }
    expect(disciplineOf(month(absences, hidden)).points).toBe(disciplineOf(month(absences, caught)).points)
  })

  it('on average over all draws costs attendance, and the more the oftener it is looked', () => {
    // A unit of six, each fifth day punched for somebody absent; so many calls find what is true in four of five.
    const absences = { persons: 6, places: Array.from({ length: 24 }, (_, nth) => nth * 5) }
    const averageOver = (calls: number) => {
      const expected = Array.from({ length: calls + 1 }, (_, empty) => {
        const figures = disciplineOf(
          month(absences, (date, nth) => (nth < empty ? caught : nth < calls ? seen : punched)(date)),
        )
        return binomial(calls, empty, 0.2) * figures.points
      })
      return expected.reduce((sum, part) => sum + part, 0)
    }
    const honest: Figures = disciplineOf(month(absences, (date, nth) => (nth < 20 ? seen : punched)(date)))
    const averages = [0, 1, 4, 10, 20].map(averageOver)
    expect(averages).toEqual(averages.toSorted((a, b) => b - a))
    expect(averages[4]).toBeLessThan(honest.points - 10)
  })

  it('by records written by hand raises B3', () => {
    const byHand = (date: string) => [
      clock('in', `${date} 07:20`, { method: 'manual' }),
      clock('out', `${date} 16:35`, { method: 'manual' }),
    ]
    const absences = { persons: 4, places: [1, 2, 3] }
    expect(counted(disciplineOf(month(absences, byHand)), 'B3')).toBe('6/160')
    expect(counted(disciplineOf(month(absences, 'came')), 'B3')).toBe('0/160')
  })
})

function binomial(n: number, k: number, p: number): number {
  let ways = 1
  for (let i = 0; i < k; i++) ways *= (n - i) / (i + 1)
  return ways * p ** k * (1 - p) ** (n - k)
}
