import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaQuantile, gammaQuantile } from './beta-quantile.ts'
import { judgeMeasure } from './judge-measure.ts'
import { MEASURE_IDS, type MeasureId } from './measure-id.ts'
import { slicedBeta } from './sliced-distribution.ts'
import { startingRules } from './test-rules.ts'

const judge = (measure: MeasureId, numerator: number, denominator: number) =>
  judgeMeasure({ measure, numerator, denominator }, startingRules)

describe('a measure with a prior', () => {
  it('is the posterior mean, and its interval that of the posterior', () => {
    expect(judge('A1', 221, 228)).toEqual({
      estimate: Number((259 / 268).toFixed(6)),
      lower80: Number(betaQuantile(0.1, 259, 9).toFixed(6)),
      upper80: Number(betaQuantile(0.9, 259, 9).toFixed(6)),
    })
  })

  it('of answers is a mean whose spread is that of one answer over the root of their number', () => {
    const { estimate, lower80, upper80 } = judge('S5', 7.2, 9)
    expect(estimate).toBeCloseTo((7.2 + 15) / 29, 6)
    expect(upper80 - estimate).toBeCloseTo((1.2815516 * 0.28) / Math.sqrt(29), 6)
    expect(estimate - lower80).toBeCloseTo(upper80 - estimate, 6)
  })

  it('stays what it was assumed to be while nothing is counted', () => {
    expect(judge('S2', 0, 0).estimate).toBe(0.7)
    expect(judge('S6', 0, 0).estimate).toBe(0.75)
  })
})

describe('a measure without a prior', () => {
  it('is the raw ratio with a Jeffreys interval', () => {
    const { estimate, lower80, upper80 } = judge('S10', 18, 20)
    expect(estimate).toBe(0.9)
    expect(lower80).toBeCloseTo(betaQuantile(0.1, 18.5, 2.5), 6)
    expect(upper80).toBeCloseTo(betaQuantile(0.9, 18.5, 2.5), 6)
  })

  it('holds its own ratio also where all or none succeeded', () => {
    expect(judge('S13', 10, 10).upper80).toBe(1)
    expect(judge('S13', 0, 10).lower80).toBe(0)
  })

  it.each([
    [10, 10, 0.7828, 1],
    [9, 10, 0.6187, 0.989],
    [18, 20, 0.7161, 0.9786],
    [57, 60, 0.8726, 0.9857],
  ])('%i of %i has the Jeffreys interval of the tables, from %d to %d', (x, n, lower, upper) => {
    expect(betaQuantile(0.025, x + 0.5, n - x + 0.5)).toBeCloseTo(lower, 4)
    expect(betaQuantile(0.975, x + 0.5, n - x + 0.5)).toBeCloseTo(upper, 3)
  })

  it('counts lost minutes a day, up to a whole day', () => {
    const { estimate, lower80, upper80 } = judge('A4', 900, 60)
    expect(estimate).toBe(15)
    expect([lower80, upper80]).toEqual([
      Number((450 * betaQuantile(0.1, 2.5, 58.5)).toFixed(6)),
      Number((450 * betaQuantile(0.9, 2.5, 58.5)).toFixed(6)),
    ])
    expect(judge('A4', 450 * 7, 7)).toMatchObject({ estimate: 450, upper80: 450 })
  })

  it('may pass 1 where it is a rate', () => {
    expect(judge('S12', 12, 4)).toEqual({
      estimate: 3,
      lower80: Number((gammaQuantile(0.1, 12.5) / 4).toFixed(6)),
      upper80: Number((gammaQuantile(0.9, 12.5) / 4).toFixed(6)),
    })
  })

  it('says nothing where nothing was counted', () => {
    expect(judge('S13', 0, 0)).toEqual({ estimate: 0, lower80: 0, upper80: 1 })
    expect(judge('A4', 0, 0)).toEqual({ estimate: 0, lower80: 0, upper80: 450 })
    expect(judge('S12', 0, 0)).toEqual({ estimate: 0, lower80: 0, upper80: 0 })
  })
})

describe('any measure', () => {
  it('is a number inside its interval, whatever was counted', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(0, 1e6, 1e9, 2 ** 53))
    fc.assert(
      fc.property(fc.constantFrom(...MEASURE_IDS), count, count, (measure, numerator, denominator) => {
        const { estimate, lower80, upper80 } = judge(measure, numerator, denominator)
        expect([estimate, lower80, upper80].every(Number.isFinite)).toBe(true)
        expect(lower80).toBeLessThanOrEqual(estimate)
        // A posterior hard at an end is so skewed that its mean lies outside the middle 80 %.
        if (measure !== 'C1' && measure !== 'S4') expect(upper80).toBeGreaterThanOrEqual(estimate)
      }),
      { numRuns: 1000 },
    )
  })

  it('has the quantiles of its density, found another way', () => {
    const shape = fc.double({ min: 0.5, max: 3000, noNaN: true })
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const { edges, masses } = slicedBeta(a, b, 4)
        for (const probability of [0.1, 0.9]) {
          let below = 0
          let index = 0
          while (below + (masses[index] ?? 1) < probability) below += masses[index++] ?? 0
          const [from = 0, to = 0] = edges.subarray(index, index + 2)
          const quantile = from + ((probability - below) / (masses[index] ?? 1)) * (to - from)
          const width = Math.sqrt((a * b) / (a + b + 1)) / (a + b)
          expect(Math.abs(betaQuantile(probability, a, b) - quantile)).toBeLessThan(2e-3 * width)
        }
      }),
    )
  })
})
