import { describe, expect, it } from 'vitest'
import { fitCorrelation, type PersonSums, proposeCorrelations } from './fit-correlation.ts'
import { createDraws } from './test-draws.ts'
import { startingRules } from './test-rules.ts'

/** Units whose own shares differ as the prior of A2 says, and whose people's days correlate by rho; each there on 40 to 60 days. */
function simulated(rho: number, units: number, seed: number): readonly PersonSums[] {
  const { uniform, beta } = createDraws(seed)
  return Array.from({ length: units }, () => {
    const truth = beta(0.82, 40)
    const people = Array.from({ length: 5 + Math.floor(uniform() * 16) }, () => {
      const share = rho === 0 ? truth : beta(truth, (1 - rho) / rho)
      const days = 40 + Math.floor(uniform() * 21)
      let successes = 0
      for (let day = 0; day < days; day++) successes += Number(uniform() < share)
      return [successes, days] as const
    })
    return sumsOf(people)
  })
}

const sumsOf = (people: readonly (readonly [successes: number, days: number])[]): PersonSums => ({
  persons: people.length,
  days: people.reduce((sum, [, days]) => sum + days, 0),
  successes: people.reduce((sum, [successes]) => sum + successes, 0),
  squaredDays: people.reduce((sum, [, days]) => sum + days ** 2, 0),
  squaredSuccessesByDays: people.reduce((sum, [successes, days]) => sum + successes ** 2 / days, 0),
})

describe('how alike the days of one person are', () => {
  it.each([0, 0.02, 0.05, 0.1, 0.2, 0.3])('is found again where it is known to be %d', (rho) => {
    const fits = [1, 2, 3, 4].map((seed) => fitCorrelation(simulated(rho, 150, seed))?.rho ?? Number.NaN)
    for (const fit of fits) expect(Math.abs(fit - rho)).toBeLessThan(0.01 + 0.1 * rho)
    const mean = fits.reduce((sum, fit) => sum + fit, 0) / fits.length
    expect(Math.abs(mean - rho)).toBeLessThan(0.005 + 0.05 * rho)
  })

  it('does not take what sets units apart for likeness of days', () => {
    const half = (share: number) =>
      Array.from({ length: 10 }, (_, at) => [20 * share + (at % 2 === 0 ? 2 : -2), 20] as const)
    const apart = fitCorrelation([sumsOf(half(0.3)), sumsOf(half(0.7))])?.rho ?? 1
    expect(apart).toBeLessThan(0.02)
  })

  it('stays between 0 and one half', () => {
    const always = [
      [20, 20],
      [0, 20],
      [20, 20],
      [0, 20],
    ] as const
    expect(fitCorrelation([sumsOf(always)])?.rho).toBe(0.5)
    expect(
      fitCorrelation([
        sumsOf([
          [10, 20],
          [10, 20],
          [10, 20],
        ]),
      ])?.rho,
    ).toBe(0)
  })

  it('is not known of single people, single days, or where all went well', () => {
    expect(fitCorrelation([])).toBeUndefined()
    expect(fitCorrelation([sumsOf([[10, 20]])])).toBeUndefined()
    expect(
      fitCorrelation([
        sumsOf([
          [1, 1],
          [0, 1],
        ]),
      ]),
    ).toBeUndefined()
    expect(
      fitCorrelation([
        sumsOf([
          [20, 20],
          [20, 20],
        ]),
      ]),
    ).toBeUndefined()
  })
})

describe('the likeness proposed', () => {
  const propose = (sums: readonly PersonSums[]) => proposeCorrelations(() => sums, startingRules)[1]
  it('says from how many units, people and days it comes', () => {
    const proposal = propose(simulated(0.1, 30, 5))
    expect(proposal).toMatchObject({ measure: 'A2', present: 0, units: 30, reason: 'fitted' })
    expect(proposal?.persons).toBeGreaterThan(150)
    expect(proposal?.proposed).toBeCloseTo(0.1, 1)
  })

  it('is the present one where there is too little to learn from', () => {
    expect(propose(simulated(0.1, 7, 5))).toMatchObject({ reason: 'too_few_units', proposed: undefined })
    const two = Array.from({ length: 10 }, () =>
      sumsOf([
        [9, 20],
        [15, 20],
      ]),
    )
    expect(propose(two)).toMatchObject({ reason: 'too_few_persons', units: 10, persons: 20, days: 400 })
    const perfect = Array.from({ length: 10 }, () => sumsOf(Array.from({ length: 12 }, () => [20, 20] as const)))
    expect(propose(perfect)).toMatchObject({ reason: 'no_difference' })
  })
})
