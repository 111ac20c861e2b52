import { addDays } from '@bina/domain/plain-date'
import { pretendCity } from '@bina/scoring/effect/test-coached-city'
import { effectRules } from '@bina/scoring/effect/test-effect-proof'
import { describe, expect, it } from 'vitest'
import { askEffect } from './ask-effect.ts'
import { type CoachedWeeks, ramadanShare } from './coaching-facts.ts'

const firstWeek = '2025-11-24'
const monday = (at: number) => addDays(firstWeek, 7 * at)
const city = pretendCity({ seed: 12, planted: 8, chosenBy: 'waves', cases: 'many' })
const measured = city.flatMap(({ unitId, unitType, weeks }) =>
  weeks.flatMap((count, at) =>
    count === undefined ? [] : [{ unitId, unitType, measure: 'A2', week: monday(at), ...count }],
  ),
)
const coached = city.flatMap(({ unitId, coachedAt }, at): readonly CoachedWeeks[] => {
  if (coachedAt === undefined) return []
  const first = monday(coachedAt)
  // Every second unit agrees on a queue number in its session.
  return [{ unitId, first, actions: new Map(at % 2 === 0 ? [['queue_numbers', first]] : []) }]
})
const facts = { coached, measured, lastWeek: monday(51), ramadan: [] }
const of = (kind: 'unit' | 'action' | 'city', subject: string) =>
  askEffect({ kind, subject }, facts, effectRules).find(({ measure }) => measure === 'A2')

describe('the question whether coaching helped', () => {
  it('is answered for the city from measures and the weeks of first sessions', () => {
    const answer = of('city', 'city')
    expect(answer).toMatchObject({ conclusion: 'higher', method: 'difference_in_differences' })
    expect(answer?.lower80).toBeLessThan(8)
    expect(answer?.upper80).toBeGreaterThan(8)
  })

  it('is answered for an action from the units that agreed on it', () => {
    const answer = of('action', 'queue_numbers')
    expect(answer?.conclusion).toBe('higher')
    expect(answer?.coachedUnits).toBeLessThan(of('city', 'city')?.coachedUnits ?? 0)
  })

  it('leaves out units of an action that had been coached weeks before', () => {
    const late = coached.map((unit) => ({ ...unit, actions: new Map([['late', addDays(unit.first ?? '', 35)]]) }))
    const [answer] = askEffect({ kind: 'action', subject: 'late' }, { ...facts, coached: late }, effectRules)
    expect(answer).toMatchObject({ conclusion: 'cannot_be_concluded_yet', reason: 'not_coached' })
  })

  it('is answered for a unit with its own interval, or not at all', () => {
    const unit = coached.find(({ first }) => first === monday(20)) ?? expect.fail()
    expect(of('unit', unit.unitId)).toMatchObject({ method: 'segmented_regression', weeksBefore: 20 })
    expect(of('unit', 'nobody')).toMatchObject({ conclusion: 'cannot_be_concluded_yet', reason: 'not_coached' })
  })

  it('is not answered for a measure without a count', () => {
    const answer = askEffect({ kind: 'city', subject: 'city' }, facts, effectRules).find(
      ({ measure }) => measure === 'S5',
    )
    expect(answer).toMatchObject({ effect: undefined, conclusion: 'cannot_be_concluded_yet' })
  })
})

describe('a week of Ramadan', () => {
  it('is one by the share of its days', () => {
    const spans = [{ validFrom: '2026-02-19', validTo: '2026-03-20' }]
    expect(ramadanShare('2026-02-16', spans)).toBeCloseTo(4 / 7)
    expect(ramadanShare('2026-03-02', spans)).toBe(1)
    expect(ramadanShare('2026-03-23', spans)).toBe(0)
  })
})
