import { describe, expect, it } from 'vitest'
import { scoreInterval } from './score-interval.ts'
import {
  atItsTargets,
  disciplineTerms,
  distance,
  ordinaryDiscipline,
  ordinaryService,
  serviceTerms,
} from './test-terms.ts'

describe('the interval of a score', () => {
  // What the draws of score-interval.statistics.test.ts give, two million of each, which are too slow for here.
  it.each([
    ['a unit’s ordinary discipline', ordinaryDiscipline, { lower80: 65.109, upper80: 86.755 }],
    ['a unit’s ordinary service', ordinaryService, { lower80: 57.806, upper80: 74.693 }],
    ['the discipline of a unit at its targets', atItsTargets, { lower80: 95.513, upper80: 99.627 }],
  ])('of %s is where draws have put it', (_, terms, drawn) => {
    expect(distance(scoreInterval(terms), drawn)).toBeLessThan(0.04)
  })

  it.each([
    ['few counts', [3, 5], 0.05],
    ['many', [352, 400], 0.05],
    ['so many that a share is known to the last digit', [6e8, 1e9], 0.25],
  ] as const)('of %s is that of a grid six times as fine', (_, pair, tolerance) => {
    const odd = {
      A1: pair,
      A2: pair,
      A3: [0, 0],
      C1: [0, 1],
      S1: pair,
      S2: [0, 1],
      S3: pair,
      S4: pair,
      S5: [0, 0],
      S6: pair,
    } as const
    for (const terms of [disciplineTerms(odd), serviceTerms(odd)])
      expect(distance(scoreInterval(terms), scoreInterval(terms, 6))).toBeLessThan(tolerance)
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
