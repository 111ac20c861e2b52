import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareBelief } from './belief.ts'
import type { Counts } from './counts.ts'
import { designEffect } from './design-effect.ts'
import { judgeDiscipline } from './judge-discipline.ts'
import { judgeMeasure } from './judge-measure.ts'
import { startingRules } from './test-rules.ts'

const alike = { ...startingRules, personCorrelation: { A1: 0.05, A2: 0.1, A3: 0.1 } }

describe('days of one person', () => {
  it('weigh as n / (1 + (k - 1) rho) when everybody has k of them', () => {
    expect(designEffect(240, 12 * 20 ** 2, 0.1)).toBeCloseTo(1 + 19 * 0.1)
    expect(designEffect(30, 20 ** 2 + 10 ** 2, 0.1)).toBeCloseTo(1 + (500 / 30 - 1) * 0.1)
  })

  it('weigh as other people’s where nothing makes them alike, or nothing is known of persons', () => {
    expect([designEffect(240, 4800, 0), designEffect(12, 12, 0.5), designEffect(240, undefined, 0.5)]).toEqual([
      1, 1, 1,
    ])
  })

  it('are taken at the nearest possible when the counts disagree for a moment', () => {
    expect([designEffect(10, 3, 0.5), designEffect(10, 1e6, 0.5), designEffect(0, 9, 0.5)]).toEqual([1, 5.5, 1])
  })
})

describe('a share of days of few people', () => {
  const counts = { numerator: 190, denominator: 228, squaredDays: 12 * 19 ** 2 }

  it('has the mean of its prior and all its days, and the weight of fewer', () => {
    const { mean, a, b } = shareBelief('A2', counts, alike)
    const effect = 1 + 18 * 0.1
    expect(mean).toBe((32.8 + 190) / (32.8 + 190 + 7.2 + 38))
    expect(a + b).toBeCloseTo(268 ** 2 / (40 + 228 * effect), 9)
    expect(a / (a + b)).toBeCloseTo(mean, 12)
  })

  it('is the plain posterior in version 1 of the scores, and for checks of persons in any', () => {
    const plain = { kind: 'share', mean: 222.8 / 268, a: 222.8, b: 45.2 }
    const { mean, a, b } = shareBelief('A2', counts, startingRules)
    expect(mean).toBeCloseTo(plain.mean, 12)
    expect([a, b]).toEqual([expect.closeTo(plain.a, 9), expect.closeTo(plain.b, 9)])
    expect(shareBelief('C1', counts, alike)).toEqual(shareBelief('C1', counts, startingRules))
  })

  it('keeps its estimate and widens its interval', () => {
    const before = judgeMeasure({ measure: 'A2', ...counts }, startingRules)
    const after = judgeMeasure({ measure: 'A2', ...counts }, alike)
    expect(after.estimate).toBe(before.estimate)
    expect(after.lower80).toBeLessThan(before.lower80)
    expect(after.upper80).toBeGreaterThan(before.upper80)
  })
})

describe('the discipline score of few people', () => {
  const table: Readonly<Record<string, readonly [number, number]>> = {
    ...{ A1: [221, 228], A2: [190, 228], A3: [205, 228], C1: [7, 8] },
  }
  const countsOf =
    (squaredDays: number) =>
    (measure: string): Counts => {
      const [numerator, denominator] = table[measure] ?? [0, 0]
      return { numerator, denominator, squaredDays }
    }

  it('keeps its value and terms, and is less sure', () => {
    const before = judgeDiscipline(countsOf(12 * 19 ** 2), startingRules)
    const after = judgeDiscipline(countsOf(12 * 19 ** 2), alike)
    expect([after.value, after.terms]).toEqual([before.value, before.terms])
    expect(before.value).toBeCloseTo(77.51, 2)
    expect(after.upper80 - after.lower80).toBeGreaterThan(before.upper80 - before.lower80 + 1)
  })

  it('is the less sure, the fewer the people', () => {
    const widths = [228, 12 * 19 ** 2, 6 * 38 ** 2, 228 ** 2].map((squaredDays) => {
      const { lower80, upper80 } = judgeDiscipline(countsOf(squaredDays), alike)
      return upper80 - lower80
    })
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
    expect(new Set(widths).size).toBe(4)
  })

  it('moves by no person: value and terms are those of version 1 whatever days they share', () => {
    const days = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
    fc.assert(
      fc.property(days, fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(90_000), ([x, y], rho, squaredDays) => {
        const counted = { numerator: x, denominator: x + y, squaredDays }
        const rules = { ...startingRules, personCorrelation: { A1: rho, A2: rho, A3: rho } }
        expect(judgeDiscipline(() => counted, rules).terms).toEqual(judgeDiscipline(() => counted, startingRules).terms)
        const { estimate, lower80, upper80 } = judgeMeasure({ measure: 'A1', ...counted }, rules)
        expect(estimate).toBe(judgeMeasure({ measure: 'A1', ...counted }, startingRules).estimate)
        expect(lower80).toBeLessThanOrEqual(upper80)
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
