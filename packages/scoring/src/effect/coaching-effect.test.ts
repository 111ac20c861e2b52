import { describe, expect, it } from 'vitest'
import { pooledEffect } from './pooled-effect.ts'
import { pretendCity } from './test-coached-city.ts'
import { effectRules } from './test-effect-proof.ts'
import { unitEffect } from './unit-effect.ts'

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
