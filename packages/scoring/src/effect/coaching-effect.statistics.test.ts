import { describe, expect, it } from 'vitest'
import { pooledPoints } from './coached-series.ts'
import { pretendCity } from './test-coached-city.ts'
import { proveEffect } from './test-effect-proof.ts'

const cities = 200
const timeout = 120_000

describe('coaching in random waves, over 200 pretend cities', () => {
  it.each(['many', 'few'] as const)('finds 8 planted points, with %s cases a week', { timeout }, (cases) => {
    const proof = proveEffect('city', { planted: 8, chosenBy: 'waves', cases }, cities)
    expect(proof.answered).toBe(1)
    expect(proof.held).toBeGreaterThanOrEqual(0.75)
    expect(proof.meanEffect).toBeCloseTo(8, 0)
    expect(proof.higher).toBeGreaterThan(cases === 'many' ? 0.99 : 0.6)
    expect(proof.lower).toBe(0)
  })

  it.each(['many', 'few'] as const)(
    'finds nothing where there is nothing, with %s cases a week',
    { timeout },
    (cases) => {
      const proof = proveEffect('city', { planted: 0, chosenBy: 'waves', cases }, cities)
      expect(proof.held).toBeGreaterThanOrEqual(0.75)
      expect(proof.higher + proof.lower).toBeLessThanOrEqual(0.1)
    },
  )
})

describe('coaching the ten lowest', () => {
  it('raises them by itself when nothing is done, and that is not read as an effect', { timeout }, () => {
    const rises = Array.from({ length: cities }, (_, at) => {
      const series = pretendCity({ seed: at + 1, planted: 0, chosenBy: 'lowest', cases: 'few' })
      const coached = series.filter(({ coachedAt }) => coachedAt !== undefined)
      const change = coached.map((unit) => {
        const at = unit.coachedAt ?? 0
        return (pooledPoints(unit, at + 1, at + 5)?.points ?? 0) - (pooledPoints(unit, at - 4, at)?.points ?? 0)
      })
      return change.reduce((sum, points) => sum + points, 0) / change.length
    })
    // The trap: before and after alone tell of a success of tens of points.
    expect(rises.reduce((sum, points) => sum + points, 0) / cities).toBeGreaterThan(15)
    for (const cases of ['few', 'many'] as const) {
      const proof = proveEffect('city', { planted: 0, chosenBy: 'lowest', cases }, cities)
      expect(proof.higher + proof.lower).toBeLessThanOrEqual(0.1)
      expect(Math.abs(proof.meanEffect)).toBeLessThan(1)
    }
  })

  it('finds 8 planted points all the same', { timeout }, () => {
    const proof = proveEffect('city', { planted: 8, chosenBy: 'lowest', cases: 'many' }, cities)
    expect(proof.held).toBeGreaterThanOrEqual(0.75)
    expect(proof.higher).toBeGreaterThan(0.7)
  })
})

describe('one unit alone', () => {
  it.each([
    ['waves', 0],
    ['waves', 8],
    ['lowest', 0],
    ['lowest', 8],
  ] as const)('chosen by %s and given %i points has them within its interval', { timeout }, (chosenBy, planted) => {
    const proof = proveEffect('unit', { planted, chosenBy, cases: 'many' }, 40)
    expect(proof.answered).toBe(1)
    expect(proof.held).toBeGreaterThanOrEqual(0.75)
    if (planted === 0) expect(proof.higher + proof.lower).toBeLessThanOrEqual(0.1)
  })
})
