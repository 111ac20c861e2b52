import jStat from 'jstat'
import type { CoachingEffect } from './coached-series.ts'
import type { EffectRules } from './effect-rules.ts'

/** One way of working the effect out. */
export interface Estimate {
  readonly effect: number
  readonly standardError: number
  readonly freedom: number
}

/**
 * Of several ways of comparing all count: the interval spans them, the figure lies in their middle, and only what each of them says is
 * concluded. `measures` are asked at once, so that the confidence is shared among them (Bonferroni).
 */
export function conclude(
  estimates: readonly [Estimate, ...Estimate[]],
  rules: EffectRules['conclusion'],
  measures: number,
): Pick<CoachingEffect, 'effect' | 'lower80' | 'upper80' | 'conclusion' | 'reason'> {
  const span = (tail: number) => {
    const ends = estimates.map(({ effect, standardError, freedom }) => {
      const half = jStat.studentt.inv(1 - tail, Math.max(1, freedom)) * standardError
      return [effect - half, effect + half] as const
    })
    return [Math.min(...ends.map(([lower]) => lower)), Math.max(...ends.map(([, upper]) => upper))] as const
  }
  const [lower80, upper80] = span(0.1)
  const [lower, upper] = span((1 - rules.confidence) / 2 / measures)
  const effect = estimates.reduce((sum, one) => sum + one.effect, 0) / estimates.length
  const figures = { effect, lower80, upper80 }
  if (lower > 0) return { ...figures, conclusion: 'higher', reason: undefined }
  if (upper < 0) return { ...figures, conclusion: 'lower', reason: undefined }
  if (lower80 > -rules.nonePoints && upper80 < rules.nonePoints)
    return { ...figures, conclusion: 'none', reason: undefined }
  return { ...figures, conclusion: 'cannot_be_concluded_yet', reason: 'interval_holds_zero' }
}
