import type { Counts } from './counts.ts'
import { fitMean, fitShare } from './fit-priors.ts'
import type { Prior, PriorMeasure, ScoringRules } from './scoring-policy.ts'

/** What a fit says of one measure; `proposed` is absent where the present prior is kept. */
export interface PriorProposal {
  readonly measure: PriorMeasure
  readonly present: Prior
  readonly proposed: Prior | undefined
  /** Units with an observation, and their observations. */
  readonly units: number
  readonly observations: number
  readonly reason: 'fitted' | 'too_few_units' | 'too_few_observations' | 'no_difference'
}

/** Fewer say too little of how far units differ: the fit would be noise, and every score would lean on it. */
export const LEAST_UNITS = 8
export const LEAST_OBSERVATIONS = 100

const MEASURES: readonly PriorMeasure[] = ['A1', 'A2', 'A3', 'C1', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6']

/** One proposal a measure for the units of one type, each unit's counts of that measure given (domain.md 2.3, 5.5). */
export function proposePriors(
  countsOf: (measure: PriorMeasure) => readonly Counts[],
  rules: ScoringRules,
): readonly PriorProposal[] {
  return MEASURES.map((measure) => {
    const counted = countsOf(measure).filter(({ denominator }) => denominator > 0)
    const units = counted.length
    const observations = counted.reduce((sum, { denominator }) => sum + denominator, 0)
    const kept = (reason: PriorProposal['reason']): PriorProposal => ({
      measure,
      present: rules.priors[measure],
      proposed: undefined,
      units,
      observations,
      reason,
    })
    if (units < LEAST_UNITS) return kept('too_few_units')
    if (observations < LEAST_OBSERVATIONS) return kept('too_few_observations')
    const isMean = measure === 'S5' || measure === 'S6'
    const fitted = isMean ? fitMean(counted, rules.answerSpread) : fitShare(counted)
    const proposed = fitted && { mean: rounded(fitted.mean, 4), strength: rounded(fitted.strength, 1) }
    // A prior this sure of itself could not be moved; `scoring-policy.ts` would refuse it.
    if (proposed === undefined || Math.min(proposed.mean, 1 - proposed.mean) * proposed.strength < 0.01)
      return kept('no_difference')
    return { ...kept('fitted'), proposed }
  })
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
