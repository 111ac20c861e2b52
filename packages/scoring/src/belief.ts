import type { Counts } from './counts.ts'
import { designEffect } from './design-effect.ts'
import type { PriorMeasure, ScoringRules } from './scoring-policy.ts'

/** What is known of a share: its estimate, and Beta(a, b), which has the same mean and says how sure it is. */
export interface ShareBelief {
  readonly kind: 'share'
  readonly mean: number
  readonly a: number
  readonly b: number
}

/** What is known of a mean of answers: Normal(mean, sd). */
export interface MeanBelief {
  readonly kind: 'mean'
  readonly mean: number
  readonly sd: number
}

export type ShareMeasure = Exclude<PriorMeasure, 'S5' | 'S6'>
export type MeanMeasure = 'S5' | 'S6'

/**
 * The posterior of a share. The prior (mean p) counts as M = `strength` observations before the first, so that of x successes among n
 * observations the estimate is m = (M p + x) / (M + n) (domain.md 5.5), whoever's days they are: persons move no value.
 *
 * They move the interval, of A1 to A3. Among the M + n observations that m is a mean of, the prior's are independent, the counted ones
 * have the design effect D = 1 + (k - 1) rho (`designEffect`). Together they have the mean of both, (M + n D) / (M + n), so
 * the whole weighs as much as T = (M + n)^2 / (M + n D) independent observations, and the interval is that of Beta(m T, (1 - m) T).
 * With D = 1 that is Beta(M p + x, M (1 - p) + n - x), the plain posterior; with many days T is n / D. It is not M + n / D: this
 * would hold of an estimate that gave the counted days less weight, whose value would move, and covers too little around m.
 */
export function shareBelief(measure: ShareMeasure, counts: Counts, rules: ScoringRules): ShareBelief {
  const { mean, strength } = rules.priors[measure]
  const { successes, observations } = bounded(counts)
  const a = mean * strength + successes
  const b = (1 - mean) * strength + (observations - successes)
  const effect = designEffect(observations, counts.squaredDays, rhoOf(measure, rules))
  const pooled = (strength + observations * effect) / (strength + observations)
  return { kind: 'share', mean: a / (a + b), a: a / pooled, b: b / pooled }
}

/** The posterior of a mean of answers from 0 to 1; its spread is that of the answers, known beforehand (domain.md 5.5). */
export function meanBelief(measure: MeanMeasure, counts: Counts, rules: ScoringRules): MeanBelief {
  const { mean, strength } = rules.priors[measure]
  const { successes, observations } = bounded(counts)
  const weight = observations + strength
  return { kind: 'mean', mean: (mean * strength + successes) / weight, sd: rules.answerSpread / Math.sqrt(weight) }
}

function rhoOf(measure: ShareMeasure, { personCorrelation }: ScoringRules): number {
  return measure === 'A1' || measure === 'A2' || measure === 'A3' ? personCorrelation[measure] : 0
}

/** Counts as they must be: no more successes than observations. A store that says otherwise for a moment moves no score beyond its ends. */
export function bounded({ numerator, denominator }: Counts): {
  readonly successes: number
  readonly observations: number
} {
  const observations = Math.max(0, denominator)
  return { successes: Math.min(observations, Math.max(0, numerator)), observations }
}
