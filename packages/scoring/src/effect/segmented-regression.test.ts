import { describe, expect, it } from 'vitest'
import { clusteredVariance, leastSquares } from './least-squares.ts'
import { type SegmentedWeek, segmentedRegression } from './segmented-regression.ts'
import { createChance } from './test-coached-city.ts'

const weeks = (count: number, points: (since: number) => number, ramadan: (since: number) => number = () => 0) =>
  Array.from({ length: 2 * count }, (_, at) => (at < count ? at - count : at - count + 1)).map(
    (since): SegmentedWeek => ({ since, points: points(since), weight: 1, ramadan: ramadan(since) }),
  )

describe('segmented regression', () => {
  it('finds level, trend and Ramadan of weeks without noise', () => {
    const fasting = (since: number) => (since >= -6 && since <= -3 ? 1 : 0)
    const line = (since: number) => 70 + 0.3 * since - 4 * fasting(since) + (since > 0 ? 5 + 0.5 * since : 0)
    const found = segmentedRegression(weeks(12, line, fasting))
    // The mean of the twelve weeks after: 5 + 0.5 x 6.5.
    expect(found?.effect).toBeCloseTo(8.25, 6)
    expect(found?.standardError).toBeCloseTo(0, 6)
  })

  it('does without Ramadan where the weeks hold none, and needs weeks on both sides', () => {
    expect(segmentedRegression(weeks(12, (since) => (since > 0 ? 8 : 0)))?.effect).toBeCloseTo(8, 6)
    expect(segmentedRegression(weeks(12, () => 1).filter(({ since }) => since < 0))).toBeUndefined()
    expect(segmentedRegression(weeks(3, () => 1))).toBeUndefined()
  })

  it('notices that a week leaves something in the next, and is then less sure', () => {
    const chance = createChance(4)
    const noise = Array.from({ length: 200 }, () => chance() + chance() + chance() - 1.5)
    let drift = 0
    const drifts = noise.map((one) => (drift = 0.6 * drift + one))
    const loose = segmentedRegression(weeks(100, (since) => noise[since + 100 - (since > 0 ? 1 : 0)] ?? 0))
    const tied = segmentedRegression(weeks(100, (since) => drifts[since + 100 - (since > 0 ? 1 : 0)] ?? 0))
    expect(loose?.autocorrelation).toBeLessThan(0.25)
    expect(tied?.autocorrelation).toBeGreaterThan(0.4)
    expect(tied?.autocorrelation).toBeLessThan(0.8)
    expect((tied?.standardError ?? 0) / (loose?.standardError ?? 1)).toBeGreaterThan(1.7)
  })
})

describe('least squares', () => {
  const rows = [1, 2, 3, 4, 5].map((x, at) => ({ y: [2.1, 3.9, 6.2, 7.8, 10.1][at] ?? 0, x: [1, x], weight: 1 }))

  it('draws the line through five points', () => {
    const fit = leastSquares(rows)
    expect(fit?.coefficients.map((value) => value.toFixed(4))).toEqual(['0.0500', '1.9900'])
  })

  it('says nothing where two columns are the same', () => {
    expect(leastSquares(rows.map((row) => ({ ...row, x: [1, 1] })))).toBeUndefined()
    expect(leastSquares([])).toBeUndefined()
  })

  it('knows less when rows of one cluster say the same thing twice', () => {
    const twice = [...rows, ...rows].map((row, at) => ({ ...row, cluster: String(at % 5) }))
    const fit = leastSquares(twice) ?? expect.fail()
    const alone = clusteredVariance(
      fit,
      twice.map((row, at) => ({ ...row, cluster: String(at) })),
      1,
    )
    expect(clusteredVariance(fit, twice, 1)).toBeGreaterThan(1.5 * alone)
  })
})
