import { roundPoints } from './round-points.ts'
import { scoreInterval, type UncertainTerm } from './score-interval.ts'
import type { ScoringRules, TermRule } from './scoring-policy.ts'

export type Confidence = 'high' | 'medium' | 'low' | 'hidden'
export type Band = 'kept' | 'needs_attention' | 'needs_support' | 'inconclusive' | 'not_enough_data'

/**
 * A unit's score of one week, in points of 0 to 100 with 4 decimals. Hidden (too little counted, or too wide an interval): `value` null,
 * band `not_enough_data`; interval and terms are given all the same, for those who check the figures, never for reports
 * (readings.md 30). `terms` are points of 0 to 100 before weighting.
 */
export interface JudgedScore<Term extends string = string> {
  readonly score: 'discipline' | 'service'
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: Confidence
  readonly band: Band
  readonly terms: Readonly<Record<Term, number>>
}

/**
 * The value is the weighted sum of the terms at the posterior means, not the mean of the score's distribution (domain.md 5.5), so near
 * the targets it may lie above its interval.
 */
export function judgeScore<Term extends string>(
  score: JudgedScore['score'],
  terms: Readonly<Record<Term, UncertainTerm>>,
  hasEnoughData: boolean,
  rules: ScoringRules,
): JudgedScore<Term> {
  const named = Object.entries(terms) as [Term, UncertainTerm][]
  const all = named.map(([, term]) => term)
  const points = all.map((term) => pointsOf(term))
  const value = all.reduce((sum, { rule }, index) => sum + rule.weight * (points[index] ?? 0), 0)
  const interval = scoreInterval(all)
  const lower80 = roundPoints(interval.lower80)
  const upper80 = roundPoints(interval.upper80)
  const confidence = hasEnoughData ? confidenceOf(roundPoints(upper80 - lower80), rules) : 'hidden'
  const isHidden = confidence === 'hidden'
  return {
    score,
    value: isHidden ? null : roundPoints(value),
    lower80,
    upper80,
    confidence,
    band: isHidden ? 'not_enough_data' : bandOf(lower80, upper80, rules),
    terms: Object.fromEntries(named.map(([name], index) => [name, roundPoints(points[index] ?? 0)])) as Record<
      Term,
      number
    >,
  }
}

/** u(x; f, t) = 100 clip((x - f) / (t - f), 0, 1). */
export function termPoints(estimate: number, { floor, target }: TermRule): number {
  return 100 * Math.min(1, Math.max(0, (estimate - floor) / (target - floor)))
}

function pointsOf({ rule, beliefs }: UncertainTerm): number {
  const [first, second] = beliefs
  return termPoints(first.mean * (second?.mean ?? 1), rule)
}

function confidenceOf(width: number, { confidence }: ScoringRules): Confidence {
  if (width <= confidence.highUpTo) return 'high'
  if (width <= confidence.mediumUpTo) return 'medium'
  return width <= confidence.lowUpTo ? 'low' : 'hidden'
}

/** Only an interval that lies wholly on one side of a cut says something (readings.md 34). */
function bandOf(lower80: number, upper80: number, { bands }: ScoringRules): Band {
  if (lower80 >= bands.keptFrom) return 'kept'
  if (upper80 < bands.supportUnder) return 'needs_support'
  return lower80 >= bands.supportUnder && upper80 < bands.keptFrom ? 'needs_attention' : 'inconclusive'
}
