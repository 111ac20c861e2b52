import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeDiscipline } from './judge-discipline.ts'
import { countsFrom, startingRules } from './test-rules.ts'

const judge = (table: Parameters<typeof countsFrom>[0]) => judgeDiscipline(countsFrom(table, 'R4'), startingRules)
const attendance = { A1: [221, 228], A2: [190, 228], A3: [205, 228] } as const
const weighted = ({ terms }: ReturnType<typeof judge>) =>
  0.5 * terms.verified_attendance + 0.3 * terms.on_time + 0.2 * terms.full_day

describe('the discipline score', () => {
  it.each([
    ['of twelve people over four weeks', [7, 8], 77.51, 65.1, 86.8, 'low'],
    ['falls far when the spot checks do not find them', [3, 8], 46.83, 36.0, 65.3, 'low'],
    ['without any spot check', [0, 0], 82.12, 69.9, 88.5, 'medium'],
  ] as const)('%s', (_, checks, value, lower, upper, confidence) => {
    const score = judge({ ...attendance, C1: checks })
    expect(score.value).toBeCloseTo(value, 2)
    expect(score.lower80).toBeCloseTo(lower, 0)
    expect(score.upper80).toBeCloseTo(upper, 0)
    expect([score.score, score.confidence, score.band]).toEqual(['discipline', confidence, 'inconclusive'])
  })

  it('of a unit without data is hidden, and stands at the priors for those who look into it', () => {
    const score = judge({})
    expect([score.value, score.confidence, score.band]).toEqual([null, 'hidden', 'not_enough_data'])
    expect(weighted(score)).toBeCloseTo(77.5, 2)
    expect(score.lower80).toBeGreaterThan(60)
    expect(score.upper80).toBeLessThan(90)
  })

  it('is hidden below 40 person-days, in four weeks alone', () => {
    const share = (days: number) => ({ A1: [days, days], A2: [days, days], A3: [days, days] }) as const
    expect(judge(share(39)).band).toBe('not_enough_data')
    expect(judge(share(40)).value).not.toBeNull()
    expect(judgeDiscipline(countsFrom(share(40), 'R13'), startingRules).band).toBe('not_enough_data')
  })

  it('gives its terms in points before weighting', () => {
    const { terms } = judge({ ...attendance, C1: [7, 8] })
    const shares = [((38 + 221) / 268) * ((9.5 + 7) / 18), (32.8 + 190) / 268, (34.8 + 205) / 268]
    expect(Object.keys(terms)).toEqual(['verified_attendance', 'on_time', 'full_day'])
    Object.values(terms).forEach((points, index) => {
      expect(points).toBeCloseTo((100 * ((shares[index] ?? 0) - 0.6)) / 0.35, 3)
    })
  })

  it('is full at the targets, and more than that earns nothing', () => {
    const good = judge({ A1: [5000, 5000], A2: [4900, 5000], A3: [4950, 5000], C1: [900, 900] })
    const best = judge({ A1: [5000, 5000], A2: [5000, 5000], A3: [5000, 5000], C1: [9000, 9000] })
    expect([good.value, best.value]).toEqual([100, 100])
    expect([good.lower80, good.upper80, good.confidence, good.band]).toEqual([100, 100, 'high', 'kept'])
  })

  const count = fc.integer({ min: 0, max: 400 })
  const pair = fc.tuple(count, count).map(([successes, failures]) => [successes, successes + failures] as const)

  it('never falls when a failure turns into a success, or a success is added', () => {
    const measure = fc.constantFrom('A1', 'A2', 'A3', 'C1')
    const table = fc.record({ A1: pair, A2: pair, A3: pair, C1: pair })
    fc.assert(
      fc.property(table, measure, (counts, changed) => {
        const [successes, all] = counts[changed]
        const before = weighted(judge(counts))
        expect(weighted(judge({ ...counts, [changed]: [successes + 1, all + 1] }))).toBeGreaterThanOrEqual(
          before - 1e-3,
        )
        if (successes === all) return
        expect(weighted(judge({ ...counts, [changed]: [successes + 1, all] }))).toBeGreaterThanOrEqual(before - 1e-9)
      }),
    )
  })

  it('never falls when somebody who was absent comes, however late, or comes in time', () => {
    const days = fc.record({ present: count, absent: fc.integer({ min: 1, max: 400 }), onTime: count, fullDay: count })
    fc.assert(
      fc.property(days, pair, ({ present, absent, onTime, fullDay }, checks) => {
        const all = present + absent
        const table = (came: number, inTime: number) => ({
          A1: [present + came, all] as const,
          A2: [Math.min(onTime, present) + inTime, all] as const,
          A3: [Math.min(fullDay, present), all] as const,
          C1: checks,
        })
        const absentDay = weighted(judge(table(0, 0)))
        const lateDay = weighted(judge(table(1, 0)))
        expect(lateDay).toBeGreaterThanOrEqual(absentDay - 1e-9)
        expect(weighted(judge(table(1, 1)))).toBeGreaterThanOrEqual(lateDay - 1e-9)
      }),
    )
  })

  it('is a number from 0 to 100 inside its own bounds whatever was counted', () => {
    const any = fc.oneof(count, fc.constantFrom(0, 1, 1e6, 1e9, 2 ** 53))
    const anyPair = fc.tuple(any, any).map(([successes, failures]) => [successes, successes + failures] as const)
    fc.assert(
      fc.property(fc.record({ A1: anyPair, A2: anyPair, A3: anyPair, C1: anyPair }), (counts) => {
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
