import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitsAround } from './control-limits.ts'
import { falseDiscoveryCut } from './false-discovery.ts'
import { gapsBetween, gChartLimits } from './g-chart.ts'
import { laneyChart } from './laney-limits.ts'
import { tChartLimits } from './t-chart.ts'
import { xmrLimits } from './xmr-limits.ts'

describe('limits of single values', () => {
  it('are those of the definitions', () => {
    const limits = xmrLimits([92, 94, 91, 95, 93, 90, 94, 92, 93, 95, 91, 93])
    expect(limits?.centre).toBe(92.75)
    expect(limits?.meanMovingRange).toBeCloseTo(2.6364, 4)
    expect(limits?.lower).toBeCloseTo(85.737, 3)
    expect(limits?.upper).toBeCloseTo(99.763, 3)
    expect(limits?.nearUpper).toBeCloseTo(92.75 + 1.7733 * 2.6364, 3)
  })

  it('leave out a great jump only where asked to', () => {
    const values = [1, 2, 1, 2, 1, 2, 1, 30]
    expect(xmrLimits(values)?.meanMovingRange).toBe(5)
    expect(xmrLimits(values, { screened: true })?.meanMovingRange).toBe(1)
  })

  it('need two values', () => {
    expect(xmrLimits([1])).toBeUndefined()
  })
})

describe("Laney's limits", () => {
  const sizes = [55, 60, 58, 60, 57, 60, 59, 60]
  const weeks = [4, 6, 3, 9, 5, 2, 8, 7].map((numerator, i) => ({ numerator, denominator: sizes[i] ?? 0 }))

  it('of shares are those of the definitions', () => {
    const chart = laneyChart(weeks, { of: 'share' })
    expect(chart?.centre).toBeCloseTo(0.09382, 5)
    expect(chart?.sigmaZ).toBeCloseTo(1.375, 4)
    expect(chart?.limits(60).upper).toBeCloseTo(0.2491, 4)
    expect(chart?.limits(60).lower).toBe(0)
  })

  it('are never narrower than chance: weeks that are all alike have those of a plain chart', () => {
    const alike = Array.from({ length: 12 }, () => ({ numerator: 9, denominator: 100 }))
    expect(laneyChart(alike, { of: 'share' })?.sigmaZ).toBe(1)
    expect(laneyChart(alike, { of: 'share' })?.limits(100).upper).toBeCloseTo(
      0.09 + 3 * Math.sqrt((0.09 * 0.91) / 100),
      12,
    )
    expect(laneyChart(alike, { of: 'rate' })?.limits(100).upper).toBeCloseTo(0.09 + 3 * Math.sqrt(0.09 / 100), 12)
    expect(laneyChart(alike, { of: 'mean', spread: 0.28 })?.limits(49).upper).toBeCloseTo(0.09 + 3 * 0.04, 12)
  })

  it('leave room for one absence where nobody was ever absent', () => {
    const perfect = Array.from({ length: 12 }, () => ({ numerator: 60, denominator: 60 }))
    expect(laneyChart(perfect, { of: 'share' })?.limits(60).lower).toBeCloseTo(59 / 60, 12)
  })

  it('lie around the centre, and the near lines between', () => {
    const week = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({ numerator: a, denominator: a + b + 1 }))
    fc.assert(
      fc.property(fc.array(week, { minLength: 2, maxLength: 30 }), (drawn) => {
        const { nearLower, lower, centre, upper, nearUpper } =
          laneyChart(drawn, { of: 'share' })?.limits(10) ?? limitsAround(NaN, 0)
        expect([lower, nearLower, centre, nearUpper, upper].every((line, i, all) => line >= (all[i - 1] ?? 0))).toBe(
          true,
        )
        expect(upper).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('charts of rare events', () => {
  it('g: 3 standard deviations of a geometric gap above its mean, and the median in the middle', () => {
    // g = 8: 8 + 3 sqrt(72) = 33.456; half of the gaps are of 5 cases or fewer, (8/9)^6 = 0.493.
    const limits = gChartLimits([8, 8, 8])
    expect(limits?.upper).toBeCloseTo(33.456, 3)
    expect([limits?.centre, limits?.lower]).toEqual([5, 0])
  })

  it('g: events of a week lie evenly among its cases, and nothing is known before the first', () => {
    const gaps = gapsBetween([
      { numerator: 0, denominator: 10 },
      { numerator: 1, denominator: 10 },
      { numerator: 0, denominator: 20 },
      { numerator: 2, denominator: 10 },
    ])
    expect(gaps).toEqual([
      { at: 3, cases: 26 },
      { at: 3, cases: 4 },
    ])
  })

  it('t: single values of days^(1/3.6), brought back to days', () => {
    // Transformed 1 2 1 2: mean 1.5, mean moving range 1, limits 0 (cut off) and 4.16.
    const limits = tChartLimits([1, 2 ** 3.6, 1, 2 ** 3.6])
    expect(limits?.centre).toBeCloseTo(1.5 ** 3.6, 9)
    expect(limits?.upper).toBeCloseTo(4.16 ** 3.6, 6)
    expect(limits?.lower).toBe(0)
  })
})

describe('false discoveries of a city', () => {
  it('speaks of what is less likely than its place among all allows', () => {
    expect(falseDiscoveryCut([0.9, 0.01, 0.04, 0.03], 0.1)).toBe(0.04)
    expect(falseDiscoveryCut([0.9, 0.2, 0.3], 0.1)).toBeUndefined()
    expect(falseDiscoveryCut([], 0.1)).toBeUndefined()
  })
})
