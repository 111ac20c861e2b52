import { termPoints } from './judge-score.ts'
import type { PriorMeasure, ScoringRules, TermRule } from './scoring-policy.ts'
import type { Draws } from './test-draws.ts'

// Tests only: what a simulated unit is really like, and the score that it would have if all of it were known.

export type Truth = Readonly<Partial<Record<PriorMeasure, number>>>

/** The true figure of a measure, drawn from its prior. */
export function drawTruth(draws: Draws, measure: PriorMeasure, rules: ScoringRules): number {
  const { mean, strength } = rules.priors[measure]
  if (measure !== 'S5' && measure !== 'S6') return draws.beta(mean, strength)
  return mean + (rules.answerSpread / Math.sqrt(strength)) * draws.normal()
}

export function trueService({ S1 = 0, S2 = 0, S3 = 0, S4 = 0, S5 = 0, S6 = 0 }: Truth, rules: ScoringRules): number {
  const { terms } = rules.service
  return (
    weighted(terms.response, S1) +
    weighted(terms.verified_resolution, S2 * S3) +
    weighted(terms.satisfaction, S5) +
    weighted(terms.courtesy_clarity, S6) +
    weighted(terms.no_stale_backlog, S4)
  )
}

export function trueDiscipline({ A1 = 0, A2 = 0, A3 = 0, C1 = 0 }: Truth, rules: ScoringRules): number {
  const { terms } = rules.discipline
  return weighted(terms.verified_attendance, A1 * C1) + weighted(terms.on_time, A2) + weighted(terms.full_day, A3)
}

function weighted(rule: TermRule, share: number): number {
  return rule.weight * termPoints(share, rule)
}
