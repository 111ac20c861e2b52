import { describe, expect, it } from 'vitest'
import { spanMoments } from './span-moments.ts'
import { gapTest, meanTest, rateTest, shareTest } from './tail-tests.ts'
import { windowEvidence } from './window-evidence.ts'

describe('how likely a difference is where nothing has changed', () => {
  it("shares: Fisher's lady, who told 3 of 4 cups: one tail 17/70, both tails 34/70", () => {
    expect(shareTest({ numerator: 3, denominator: 4 }, { numerator: 1, denominator: 4 })).toBeCloseTo(34 / 70, 12)
    expect(shareTest({ numerator: 4, denominator: 4 }, { numerator: 0, denominator: 4 })).toBeCloseTo(2 / 70, 12)
    expect(shareTest({ numerator: 0, denominator: 4 }, { numerator: 0, denominator: 4 })).toBe(1)
  })

  it('shares: the far tail of large counts is no rounding error', () => {
    const p = shareTest({ numerator: 200, denominator: 300 }, { numerator: 1200, denominator: 1440 })
    expect(p).toBeGreaterThan(1e-11)
    expect(p).toBeLessThan(1e-8)
  })

  it('rates: 5 of 6 cases in a half of the exposure: (6 + 1) / 64 on one side', () => {
    expect(rateTest({ numerator: 5, denominator: 3 }, { numerator: 1, denominator: 3 })).toBeCloseTo(14 / 64, 12)
    expect(rateTest({ numerator: 0, denominator: 1 }, { numerator: 0, denominator: 9 })).toBe(1)
  })

  it('gaps: one gap a tenth of another: 1 of 11 below, on both sides 2 of 11', () => {
    expect(gapTest([1], [10])).toBeCloseTo(2 / 11, 12)
    expect(gapTest([10], [1])).toBeCloseTo(2 / 11, 12)
  })

  it("values: Student's t of 2.306 with 8 degrees of freedom is 0.05", () => {
    const baseline = [-2, -1, 0, 1, 2]
    const step = 2.306
    const test = (recent: readonly number[], before: readonly number[]) => {
      const moments = spanMoments((at) => [...before, ...recent][at] ?? 0)
      return meanTest(moments([before.length, before.length + recent.length]), moments([0, before.length]))
    }
    expect(
      test(
        baseline.map((v) => v + step),
        baseline,
      ),
    ).toBeCloseTo(0.05, 4)
    expect(test([1], [1, 1, 1])).toBe(1)
    expect(test([2], [1, 1, 1])).toBe(0)
  })

  it('of a point is the smallest of its spans times their number, and unknown below 12 points before it', () => {
    expect(windowEvidence(11, () => 0.01)).toBeUndefined()
    expect(windowEvidence(12, () => 0.01)).toBe(0.01)
    expect(windowEvidence(40, ([from]) => (from === 39 ? 0.01 : 0.5))).toBe(0.04)
    const baselines: (readonly number[])[] = []
    windowEvidence(17, (_, baseline) => baselines.push(baseline))
    expect(baselines).toEqual([
      [0, 17],
      [0, 16],
      [0, 14],
      [0, 12],
    ])
  })
})
