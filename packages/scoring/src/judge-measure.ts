import { bounded, type MeanBelief, meanBelief, type ShareBelief, type ShareMeasure, shareBelief } from './belief.ts'
import { betaQuantile, gammaQuantile } from './beta-quantile.ts'
import type { Counts } from './counts.ts'
import type { MeasureId } from './measure-id.ts'
import { roundMeasure } from './round-points.ts'
import type { ScoringRules } from './scoring-policy.ts'

/** A measure's figure, in its own unit (a share of 0 to 1; A4 minutes a day; S12 and K2 a number), rounded to 6 decimals. */
export interface JudgedMeasure {
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
}

/** 80 % of a normal distribution lie this many standard deviations around its mean. */
const NORMAL_80 = 1.2815515655446004
const SHARES_WITH_PRIOR: ReadonlySet<string> = new Set([
  'A1',
  'A2',
  'A3',
  'C1',
  'S1',
  'S2',
  'S3',
  'S4',
] satisfies ShareMeasure[])

/**
 * With a prior: posterior mean and 80 % interval (S5, S6: of a normal mean, kept within 0..1). Without: raw ratio and Jeffreys 80 %
 * interval, widened to the ratio where that lies outside, as with none or all of them (Brown, Cai and DasGupta 2001; readings.md 28).
 * A4 takes a lost minute as 1 / `lostMinutesLimit` of a lost day, S12 and K2, which may pass 1, Jeffreys' interval of a Poisson rate.
 * Without anything counted and without a prior nothing is known: estimate 0, and the whole range.
 */
export function judgeMeasure(counts: Counts & { readonly measure: MeasureId }, rules: ScoringRules): JudgedMeasure {
  const { measure } = counts
  if (hasSharePrior(measure)) return ofShare(shareBelief(measure, counts, rules))
  switch (measure) {
    case 'S5':
    case 'S6':
      return ofMean(meanBelief(measure, counts, rules))
    case 'A4':
      return jeffreysShare(counts, rules.lostMinutesLimit)
    case 'S7':
    case 'S11':
    case 'S12':
    case 'K2':
      return jeffreysRate(counts)
    default:
      return jeffreysShare(counts, 1)
  }
}

function hasSharePrior(measure: MeasureId): measure is ShareMeasure {
  return SHARES_WITH_PRIOR.has(measure)
}

function ofShare({ mean, a, b }: ShareBelief): JudgedMeasure {
  return rounded(mean, betaQuantile(0.1, a, b), betaQuantile(0.9, a, b))
}

function ofMean({ mean, sd }: MeanBelief): JudgedMeasure {
  return rounded(mean, Math.max(0, mean - NORMAL_80 * sd), Math.min(1, mean + NORMAL_80 * sd))
}

function jeffreysShare({ numerator, denominator }: Counts, limit: number): JudgedMeasure {
  const { successes, observations } = bounded({ numerator: numerator / limit, denominator })
  if (observations === 0) return { estimate: 0, lower80: 0, upper80: limit }
  const [a, b] = [successes + 0.5, observations - successes + 0.5]
  const ratio = successes / observations
  const lower = Math.min(ratio, betaQuantile(0.1, a, b))
  const upper = Math.max(ratio, betaQuantile(0.9, a, b))
  return rounded(limit * ratio, limit * lower, limit * upper)
}

function jeffreysRate({ numerator, denominator }: Counts): JudgedMeasure {
  if (!(denominator > 0)) return { estimate: 0, lower80: 0, upper80: 0 }
  const events = Math.max(0, numerator)
  const lower = Math.min(events, gammaQuantile(0.1, events + 0.5))
  const upper = gammaQuantile(0.9, events + 0.5)
  return rounded(events / denominator, lower / denominator, upper / denominator)
}

function rounded(estimate: number, lower80: number, upper80: number): JudgedMeasure {
  return { estimate: roundMeasure(estimate), lower80: roundMeasure(lower80), upper80: roundMeasure(upper80) }
}
