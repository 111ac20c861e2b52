import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CountsOf } from './counts.ts'
import { judgeService, serviceWindow } from './judge-service.ts'
import { type CountTable, countsFrom, startingRules } from './test-rules.ts'

const judge = (table: CountTable) => judgeService(countsFrom(table), startingRules)
const answers = { S5: [7.2, 9], S6: [6.3, 9] } as const
const weighted = ({ terms }: ReturnType<typeof judge>) =>
  0.2 * terms.response +
  0.35 * terms.verified_resolution +
  0.2 * terms.satisfaction +
  0.15 * terms.courtesy_clarity +
  0.1 * terms.no_stale_backlog

/** Counts that differ by window. */
const byWindow =
  (tables: Readonly<Partial<Record<string, CountTable>>>): CountsOf =>
  (measure, window) =>
    countsFrom(tables[window] ?? {})(measure, window)

describe('the service score', () => {
  it('of an ordinary quarter of a kelurahan', () => {
    const score = judge({ ...answers, S1: [11, 14], S2: [9, 13], S3: [4, 5], S4: [47, 50] })
    expect(score.value).toBeCloseTo(66.34, 2)
    expect(score.lower80).toBeCloseTo(57.8, 0)
    expect(score.upper80).toBeCloseTo(74.7, 0)
    expect([score.score, score.confidence, score.band]).toEqual(['service', 'medium', 'inconclusive'])
    const expected = [71.7, 55.1, 73.1, 66.9, 80.6]
    expect(Object.keys(score.terms)).toEqual([
      'response',
      'verified_resolution',
      'satisfaction',
      'courtesy_clarity',
      'no_stale_backlog',
    ])
    Object.values(score.terms).forEach((points, index) => {
      expect(points).toBeCloseTo(expected[index] ?? 0, 1)
    })
  })

  it('gains a point from closing without fixing, and fourteen from fixing', () => {
    const closed = { ...answers, S1: [14, 14], S2: [13, 13], S4: [50, 50] } as const
    const pretended = judge({ ...closed, S3: [1, 5] })
    const honest = judge({ ...closed, S3: [5, 5] })
    expect(pretended.value).toBeCloseTo(67.56, 2)
    expect(honest.value).toBeCloseTo(80.29, 2)
    expect(honest.lower80).toBeCloseTo(72.4, 0)
    expect(honest.upper80).toBeCloseTo(87.3, 0)
  })

  it('of a unit without data is hidden, and stands at the priors for those who look into it', () => {
    const score = judge({})
    expect([score.value, score.confidence, score.band]).toEqual([null, 'hidden', 'not_enough_data'])
    expect(weighted(score)).toBeCloseTo(67.5, 2)
  })

  it('looks back over 26 weeks where fewer than ten cases fell due in 13, but at the backlog of a year all the while', () => {
    const quarter = { S1: [9, 9], S2: [9, 9], S3: [3, 3], S5: [2, 2], S6: [2, 2], S4: [0, 9] } as const
    const half = { S1: [0, 12], S2: [0, 12], S3: [0, 4], S5: [0, 4], S6: [0, 4], S4: [0, 12] } as const
    const year = { S4: [50, 50] } as const
    const few = byWindow({ R13: quarter, R26: half, R52: year })
    expect(serviceWindow(few, startingRules)).toBe('R26')
    expect(judgeService(few, startingRules)).toEqual(judge({ ...half, ...year }))
    const enough = byWindow({ R13: { ...quarter, S2: [10, 10] }, R26: half, R52: year })
    expect(serviceWindow(enough, startingRules)).toBe('R13')
    expect(judgeService(enough, startingRules)).toEqual(judge({ ...quarter, S2: [10, 10], ...year }))
  })

  it('is hidden where not even five cases fell due in 26 weeks, whatever else was counted', () => {
    const rest = { S1: [90, 90], S3: [90, 90], S5: [90, 90], S6: [90, 90], S4: [90, 90] } as const
    expect(judge({ ...rest, S2: [4, 4] }).band).toBe('not_enough_data')
    expect(judge({ ...rest, S2: [5, 5] }).value).not.toBeNull()
  })

  it('says kept, needs attention or needs support only when the whole interval does', () => {
    const unit = (share: number) => {
      const n = 2000
      const pair = [share * n, n] as const
      return judge({ S1: pair, S2: pair, S3: [n, n], S4: pair, S5: pair, S6: pair })
    }
    const bands = [0.4, 0.72, 0.78, 0.81, 0.95].map((share) => {
      const { value, lower80, upper80, band } = unit(share)
      return [band, Math.round(value ?? Number.NaN), lower80 < 60 && upper80 >= 60, lower80 < 80 && upper80 >= 80]
    })
    expect(bands.map(([band]) => band)).toEqual([
      'needs_support',
      'needs_attention',
      'needs_attention',
      'inconclusive',
      'kept',
    ])
    expect(bands.map(([, , acrossLower, acrossUpper]) => acrossLower || acrossUpper)).toEqual([
      false,
      false,
      false,
      true,
      false,
    ])
  })

  const count = fc.integer({ min: 0, max: 300 })
  const pair = fc.tuple(count, count).map(([successes, failures]) => [successes, successes + failures] as const)
  const table = fc.record({ S1: pair, S2: pair, S3: pair, S4: pair, S5: pair, S6: pair })

  it('never falls when a failure turns into a success, or a success is added', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('S1', 'S2', 'S3', 'S4', 'S5', 'S6'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (counts, changed, by) => {
          const [successes, all] = counts[changed]
          const gain = changed === 'S5' || changed === 'S6' ? by : 1
          const before = weighted(judge(counts))
          expect(weighted(judge({ ...counts, [changed]: [successes + 1, all + 1] }))).toBeGreaterThanOrEqual(
            before - 1e-3,
          )
          if (successes === all) return
          expect(weighted(judge({ ...counts, [changed]: [successes + gain, all] }))).toBeGreaterThanOrEqual(
            before - 1e-3,
          )
        },
      ),
    )
  })

  it('is a number from 0 to 100 inside its own bounds whatever was counted', () => {
    const any = fc.oneof(count, fc.constantFrom(0, 1, 1e6, 1e9, 2 ** 53))
    const anyPair = fc.tuple(any, any).map(([successes, failures]) => [successes, successes + failures] as const)
    const anyTable = fc.record({ S1: anyPair, S2: anyPair, S3: anyPair, S4: anyPair, S5: anyPair, S6: anyPair })
    fc.assert(
      fc.property(anyTable, (counts) => {
        const { lower80, upper80, terms, value } = judge(counts)
        for (const points of [lower80, upper80, ...Object.values(terms), value ?? 0]) {
          expect(points).toBeGreaterThanOrEqual(0)
          expect(points).toBeLessThanOrEqual(100)
        }
        expect(lower80).toBeLessThanOrEqual(upper80)
      }),
      { numRuns: 300 },
    )
  })
})
