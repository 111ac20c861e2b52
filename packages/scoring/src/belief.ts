import type { Counts } from './counts.ts'
import type { PriorMeasure, ScoringRules } from './scoring-policy.ts'

/** What is known of a share: Beta(a, b). */
export interface ShareBelief {
  readonly kind: 'share'
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

/** The posterior of a share: the prior counts as `strength` observations before the first (domain.md 5.5). */
export function shareBelief(measure: ShareMeasure, counts: Counts, rules: ScoringRules): ShareBelief {
  const { mean, strength } = rules.priors[measure]
  const { successes, observations } = bounded(counts)
  return { kind: 'share', a: mean * strength + successes, b: (1 - mean) * strength + (observations - successes) }
}

/** The posterior of a mean of answers from 0 to 1; its spread is that of the answers, known beforehand (domain.md 5.5). */
export function meanBelief(measure: MeanMeasure, counts: Counts, rules: ScoringRules): MeanBelief {
  const { mean, strength } = rules.priors[measure]
  const { successes, observations } = bounded(counts)
  const weight = observations + strength
  return { kind: 'mean', mean: (mean * strength + successes) / weight, sd: rules.answerSpread / Math.sqrt(weight) }
}

/** The posterior mean. */
export function estimateOf(belief: ShareBelief | MeanBelief): number {
  return belief.kind === 'share' ? belief.a / (belief.a + belief.b) : belief.mean
}

/** Counts as they must be: no more successes than observations. A store that says otherwise for a moment moves no score beyond its ends. */
export function bounded({ numerator, denominator }: Counts): {
  readonly successes: number
  readonly observations: number
} {
  const observations = Math.max(0, denominator)
  return { successes: Math.min(observations, Math.max(0, numerator)), observations }
}
