import { describe, expect, it } from 'vitest'
import { pooledPoints } from './coached-series.ts'
import { pooledEffect } from './pooled-effect.ts'
import { pretendCity } from './test-coached-city.ts'
import { effectRules, proveEffect } from './test-effect-proof.ts'
import { unitEffect } from './unit-effect.ts'

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

describe('what cannot be concluded yet', () => {
  const series = pretendCity({ seed: 5, planted: 8, chosenBy: 'waves', cases: 'many' })
  const coached = series.flatMap(({ unitId, coachedAt }) =>
    coachedAt === undefined ? [] : [{ unitId, at: coachedAt }],
  )
  const first = coached.find(({ at }) => at === 16) ?? expect.fail()
  const until = (weeks: number) => series.map((unit) => ({ ...unit, weeks: unit.weeks.slice(0, weeks) }))
  const ramadan = series[0]?.weeks.map(() => 0) ?? []
  const reasonOf = (weeks: number) => unitEffect(until(weeks), first, ramadan, effectRules, 7).reason

  it('is a unit with eleven weeks after its coaching; with twelve there is a figure', () => {
    expect(reasonOf(16 + 1 + 11)).toBe('too_few_weeks')
    expect(unitEffect(until(16 + 1 + 12), first, ramadan, effectRules, 7).effect).toBeDefined()
  })

  it('is a unit with eleven weeks before its coaching', () => {
    const later = series.map((unit) => ({ ...unit, weeks: unit.weeks.slice(5), coachedAt: (unit.coachedAt ?? 99) - 5 }))
    const at = { unitId: first.unitId, at: first.at - 5 }
    expect(unitEffect(later, at, ramadan, effectRules, 7).reason).toBe('too_few_weeks')
  })

  it('is a unit that has nobody to be held against: never a bare before and after', () => {
    const all = series.map((unit) => ({ ...unit, coachedAt: unit.coachedAt ?? 20 }))
    const everybody = all.map((unit) => ({ ...unit, coachedAt: 16 }))
    expect(unitEffect(everybody, first, ramadan, effectRules, 7)).toMatchObject({
      conclusion: 'cannot_be_concluded_yet',
      reason: 'too_few_units_to_compare',
      effect: undefined,
    })
    const atOnce = everybody.map(({ unitId }) => ({ unitId, at: 16 }))
    expect(pooledEffect(everybody, atOnce, effectRules, 7).reason).toBe('too_few_units_to_compare')
  })

  it('is a city that has coached nobody, or too few, or too late', () => {
    expect(pooledEffect(series, [], effectRules, 7).reason).toBe('not_coached')
    expect(pooledEffect(series, coached.slice(0, 3), effectRules, 7).conclusion).toBe('cannot_be_concluded_yet')
    expect(pooledEffect(until(19), coached, effectRules, 7).reason).toBe('too_few_weeks')
  })

  it('is the same for the same weeks, in whatever order the units come', () => {
    const there = pooledEffect(series, coached, effectRules, 7)
    const back = pooledEffect(series.toReversed(), coached.toReversed(), effectRules, 7)
    expect(back.effect).toBeCloseTo(there.effect ?? Number.NaN, 9)
    expect(back.conclusion).toBe(there.conclusion)
  })
})
