import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreInterval, type UncertainTerm } from './score-interval.ts'
import { createDraws } from './test-draws.ts'
import type { CountTable } from './test-rules.ts'
import {
  atItsTargets,
  disciplineTerms,
  distance,
  ordinaryDiscipline,
  ordinaryService,
  serviceTerms,
} from './test-terms.ts'

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

describe('the interval of a score', () => {
  it.each([
    ['discipline', ordinaryDiscipline],
    ['service', ordinaryService],
  ])('of %s is that of two million draws', (_, terms) => {
    expect(distance(scoreInterval(terms), drawnInterval(terms, 2_000_000, 20261116))).toBeLessThan(0.04)
  })

  it('of a unit at its targets has the part of the draws that lie at them', () => {
    expect(distance(scoreInterval(atItsTargets), drawnInterval(atItsTargets, 200_000, 1))).toBeLessThan(0.1)
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
})
