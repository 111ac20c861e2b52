import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanBelief, shareBelief } from './belief.ts'
import { scoreInterval, type UncertainTerm } from './score-interval.ts'
import { createDraws } from './test-draws.ts'
import { type CountTable, countsFrom, startingRules } from './test-rules.ts'

function disciplineTerms(table: CountTable): readonly UncertainTerm[] {
  const { terms } = startingRules.discipline
  const share = (measure: 'A1' | 'A2' | 'A3' | 'C1') =>
    shareBelief(measure, countsFrom(table)(measure, 'R4'), startingRules)
  return [
    { rule: terms.verified_attendance, beliefs: [share('A1'), share('C1')] },
    { rule: terms.on_time, beliefs: [share('A2')] },
    { rule: terms.full_day, beliefs: [share('A3')] },
  ]
}

function serviceTerms(table: CountTable): readonly UncertainTerm[] {
  const { terms } = startingRules.service
  const share = (measure: 'S1' | 'S2' | 'S3' | 'S4') =>
    shareBelief(measure, countsFrom(table)(measure, 'R13'), startingRules)
  const mean = (measure: 'S5' | 'S6') => meanBelief(measure, countsFrom(table)(measure, 'R13'), startingRules)
  return [
    { rule: terms.response, beliefs: [share('S1')] },
    { rule: terms.verified_resolution, beliefs: [share('S2'), share('S3')] },
    { rule: terms.satisfaction, beliefs: [mean('S5')] },
    { rule: terms.courtesy_clarity, beliefs: [mean('S6')] },
    { rule: terms.no_stale_backlog, beliefs: [share('S4')] },
  ]
}

/** Draws of the score, the plain way: a beta from two gammas. */
function drawnInterval(terms: readonly UncertainTerm[], draws: number, seed: number) {
  const { normal, gamma } = createDraws(seed)
  const draw = (belief: UncertainTerm['beliefs'][number]): number => {
    if (belief.kind === 'mean') return belief.mean + belief.sd * normal()
    const successes = gamma(belief.a)
    return successes / (successes + gamma(belief.b))
  }
  const scores = new Float64Array(draws)
  for (let i = 0; i < draws; i++) {
    let score = 0
    for (const { rule, beliefs } of terms) {
      let share = 1
      for (const belief of beliefs) share *= draw(belief)
      score += 100 * rule.weight * Math.min(1, Math.max(0, (share - rule.floor) / (rule.target - rule.floor)))
    }
    scores[i] = score
  }
  scores.sort()
  return { lower80: scores[Math.floor(0.1 * draws)] ?? 0, upper80: scores[Math.floor(0.9 * draws)] ?? 0 }
}

function distance(one: { lower80: number; upper80: number }, other: { lower80: number; upper80: number }): number {
  return Math.max(Math.abs(one.lower80 - other.lower80), Math.abs(one.upper80 - other.upper80))
}

const ordinaryDiscipline = disciplineTerms({ A1: [221, 228], A2: [190, 228], A3: [205, 228], C1: [7, 8] })
const ordinaryService = serviceTerms({
  S1: [11, 14],
  S2: [9, 13],
  S3: [4, 5],
  S4: [47, 50],
  S5: [7.2, 9],
  S6: [6.3, 9],
})

describe('the interval of a score', () => {
  it.each([
    ['discipline', ordinaryDiscipline],
    ['service', ordinaryService],
  ])(
    'of %s is that of two million draws',
    (_, terms) => {
      expect(distance(scoreInterval(terms), drawnInterval(terms, 2_000_000, 20261116))).toBeLessThan(0.04)
    },
    60_000,
  )

  it('of a unit at its targets has the part of the draws that lie at them', () => {
    const good = disciplineTerms({ A1: [228, 228], A2: [216, 228], A3: [222, 228], C1: [20, 20] })
    expect(distance(scoreInterval(good), drawnInterval(good, 200_000, 1))).toBeLessThan(0.1)
  })

  it('ends exactly where a unit is more often than not at its targets, or surely at one and surely below another floor', () => {
    const often = disciplineTerms({ A1: [228, 228], A2: [225, 228], A3: [225, 228], C1: [30, 30] })
    expect(scoreInterval(often).upper80).toBe(100)
    const surely = disciplineTerms({ A1: [600, 600], A2: [0, 600], A3: [600, 600], C1: [90, 90] })
    expect(scoreInterval(surely)).toEqual({ lower80: 70, upper80: 70 })
  })

  it('is the same whatever the order of the terms', () => {
    expect(distance(scoreInterval([...ordinaryService].reverse()), scoreInterval(ordinaryService))).toBeLessThan(1e-9)
  })

  const finerGrid = (tables: fc.Arbitrary<CountTable>, tolerance: number) => {
    fc.assert(
      fc.property(tables, (table) => {
        for (const terms of [disciplineTerms(table), serviceTerms(table)]) {
          expect(distance(scoreInterval(terms), scoreInterval(terms, 6))).toBeLessThan(tolerance)
        }
      }),
      { numRuns: 50 },
    )
  }
  const tableOf = (pair: fc.Arbitrary<readonly [number, number]>) =>
    fc.record({ A1: pair, A2: pair, A3: pair, C1: pair, S1: pair, S2: pair, S3: pair, S4: pair, S5: pair, S6: pair })

  it('is that of a grid six times as fine, for counts as units have them', () => {
    const pair = fc
      .tuple(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0.5, max: 1, noNaN: true }))
      .map(([n, share]) => [Math.round(n * share), n] as const)
    finerGrid(tableOf(pair), 0.05)
  })

  it('stays close to it for any counts, also where one share is known to the last digit and another not at all', () => {
    const pair = fc
      .tuple(fc.constantFrom(0, 1, 5, 100, 1e4, 1e6, 1e9), fc.constantFrom(0, 0.25, 0.4, 0.6, 0.7, 0.9, 0.95, 1))
      .map(([n, share]) => [Math.round(n * share), n] as const)
    finerGrid(tableOf(pair), 0.25)
  })

  it('keeps what is narrower than a step of the grid in one place', () => {
    const terms = disciplineTerms({ A1: [1, 1], A2: [0, 20], A3: [697_058, 1e6], C1: [1, 1] })
    expect(distance(scoreInterval(terms), scoreInterval(terms, 8))).toBeLessThan(0.1)
  })

  it('narrows to the value as counts grow', () => {
    const many = (n: number) =>
      scoreInterval(disciplineTerms({ A1: [0.97 * n, n], A2: [0.83 * n, n], A3: [0.9 * n, n], C1: [0.9 * n, n] }))
    const value = 100 * (0.5 * ((0.97 * 0.9 - 0.6) / 0.35) + 0.3 * ((0.83 - 0.6) / 0.35) + 0.2 * ((0.9 - 0.6) / 0.35))
    for (const [n, width] of [
      [1e8, 2e-2],
      [1e12, 2e-4],
      [1e15, 1e-5],
    ] as const) {
      const { lower80, upper80 } = many(n)
      expect(upper80 - lower80).toBeLessThan(width)
      expect(Math.abs(value - (lower80 + upper80) / 2)).toBeLessThan(width)
    }
  })

  it('is a point where a unit is surely beyond its targets or below its floors', () => {
    const all = (share: number) => [share * 1e6, 1e6] as const
    const unit = (share: number) => disciplineTerms({ A1: all(share), A2: all(share), A3: all(share), C1: all(share) })
    expect(scoreInterval(unit(1))).toEqual({ lower80: 100, upper80: 100 })
    expect(scoreInterval(unit(0.3))).toEqual({ lower80: 0, upper80: 0 })
  })
})
