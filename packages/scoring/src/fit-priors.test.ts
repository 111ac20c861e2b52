import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitMean, fitRate, fitShare } from './fit-priors.ts'

const counts = (numerators: readonly number[], denominators: readonly number[]) =>
  numerators.map((numerator, at) => ({ numerator, denominator: denominators[at] ?? 0 }))

describe('a prior fitted to shares', () => {
  it('is that of the six units worked out by hand', () => {
    const units = counts([8, 15, 3, 20, 9, 30], [10, 20, 5, 22, 15, 32])
    const prior = fitShare(units)
    expect(prior?.mean).toBeCloseTo(0.81731, 5)
    expect(prior?.strength).toBeCloseTo(18.107, 3)
    expect([prior?.units, prior?.observations]).toEqual([6, 104])
    const shrunk = units.map(({ numerator, denominator }) => {
      const { mean, strength } = prior ?? { mean: 0, strength: 0 }
      return ((numerator + mean * strength) / (denominator + strength)).toFixed(4)
    })
    expect(shrunk).toEqual(['0.8112', '0.7820', '0.7703', '0.8677', '0.7189', '0.8941'])
  })

  it('pools units that differ no more than by chance, and keeps to its bounds', () => {
    expect(fitShare(counts([80, 80, 80], [100, 100, 100]))?.strength).toBe(500)
    expect(fitShare(counts([0, 100, 0, 100], [100, 100, 100, 100]))?.strength).toBe(5)
  })

  it('is none where nothing says how far units differ', () => {
    expect(fitShare([])).toBeUndefined()
    expect(fitShare(counts([8], [10]))).toBeUndefined()
    expect(fitShare(counts([8, 0], [10, 0]))).toBeUndefined()
    expect(fitShare(counts([10, 20], [10, 20]))).toBeUndefined()
    expect(fitShare(counts([0, 0], [10, 20]))).toBeUndefined()
  })

  it('stays inside its bounds whatever is counted, and does not depend on the order of units', () => {
    const unit = fc
      .integer({ min: 0, max: 50 })
      .chain((denominator) => fc.integer({ min: 0, max: denominator }).map((numerator) => ({ numerator, denominator })))
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 12 }), (units) => {
        for (const fit of [fitShare, (list: typeof units) => fitMean(list, 0.28)]) {
          const prior = fit(units)
          if (prior === undefined) continue
          expect(prior.mean).toBeGreaterThan(0)
          expect(prior.mean).toBeLessThan(1)
          expect(prior.strength).toBeGreaterThanOrEqual(5)
          expect(prior.strength).toBeLessThanOrEqual(500)
          expect(fit([...units].reverse())?.strength).toBeCloseTo(prior.strength, 6)
        }
      }),
    )
  })
})

describe('a prior fitted to means of answers', () => {
  it('weighs as many respondents as the units are alike', () => {
    // Four units of 100 respondents whose means lie apart: the variance between them is far beyond chance.
    const prior = fitMean(counts([68, 72, 78, 82], [100, 100, 100, 100]), 0.28)
    expect(prior?.mean).toBeCloseTo(0.75, 10)
    const between = ((0.07 ** 2 + 0.03 ** 2) * 2) / 3
    expect(prior?.strength).toBeCloseTo(0.28 ** 2 / (between - 0.28 ** 2 / 100), 6)
  })

  it('pools units that differ no more than respondents do', () => {
    expect(fitMean(counts([7.4, 7.6], [10, 10]), 0.28)?.strength).toBe(500)
  })
})

describe('a prior fitted to rates', () => {
  it('is that of the six units worked out by hand', () => {
    const events = [2, 0, 5, 1, 9, 3]
    const exposure = [10, 4, 12, 8, 15, 9]
    const prior = fitRate(events.map((count, at) => ({ events: count, exposure: exposure[at] ?? 0 })))
    expect(prior?.mean).toBeCloseTo(0.34483, 5)
    expect(prior?.a).toBeCloseTo(161.07, 2)
    expect(prior?.b).toBeCloseTo(467.11, 2)
    const { a, b } = prior ?? { a: 0, b: 0 }
    const shrunk = events.map((count, at) => ((count + a) / ((exposure[at] ?? 0) + b)).toFixed(4))
    expect(shrunk).toEqual(['0.3418', '0.3419', '0.3466', '0.3411', '0.3528', '0.3446'])
  })

  it('pools units that differ no more than by chance, and is none without an event', () => {
    expect(fitRate([1, 1, 1].map((events) => ({ events, exposure: 10 })))?.pooled).toBe(true)
    expect(fitRate([{ events: 0, exposure: 10 }])).toBeUndefined()
    expect(fitRate([])).toBeUndefined()
  })
})
