import { meanBelief, shareBelief } from '../belief.ts'
import type { Counts, CountsOf } from '../counts.ts'
import { designEffect } from '../design-effect.ts'
import { judgeDiscipline } from '../judge-discipline.ts'
import { judgeMeasure } from '../judge-measure.ts'
import { type JudgedScore, termPoints } from '../judge-score.ts'
import { judgeService, serviceWindow } from '../judge-service.ts'
import type { WindowName } from '../measure-id.ts'
import { roundMeasure, roundPoints } from '../round-points.ts'
import type { Prior, PriorMeasure, ScoringRules, TermRule } from '../scoring-policy.ts'
import { type Lift, liftsOf } from './lifts-of.ts'
import { TERM_MEASURES } from './term-measures.ts'

/** A measure behind a term: what was counted, what was known before, and what is known with both. Shares of 0 to 1. */
export interface ExplainedMeasure {
  readonly measure: PriorMeasure
  readonly window: WindowName
  readonly numerator: number
  readonly denominator: number
  readonly prior: Prior
  readonly mean: number
  readonly lower80: number
  readonly upper80: number
  /** A1 to A3: how alike the days of one person are, the days that a day's own person has, and what that takes from the certainty. */
  readonly clustering:
    | { readonly rho: number; readonly daysPerPerson: number; readonly designEffect: number }
    | undefined
}

export interface ExplainedTerm extends TermRule {
  readonly term: string
  /** Posterior mean, or the product of two. */
  readonly estimate: number
  /** 0 to 100, before weighting. */
  readonly points: number
  /** Points of the score, and the points that the term has still to give. */
  readonly contribution: number
  readonly open: number
  readonly measures: readonly ExplainedMeasure[]
}

export type HiddenReason =
  | {
      readonly kind: 'too_few'
      readonly measure: 'A1' | 'S2'
      readonly window: WindowName
      readonly counted: number
      readonly needed: number
    }
  | { readonly kind: 'too_wide'; readonly width: number; readonly atMost: number }

export interface ExplainedScore {
  readonly judged: JudgedScore
  /** The weighted sum, also where it is hidden: for those who check the figures, never for a report. */
  readonly weighted: number
  readonly width: number
  readonly window: WindowName
  /** Service: the window was widened, since fewer cases than `under` fell due in `from`. */
  readonly widened: { readonly from: WindowName; readonly counted: number; readonly under: number } | undefined
  readonly terms: readonly ExplainedTerm[]
  readonly hidden: readonly HiddenReason[]
  /** The term with the most points still to give; undefined when all give all they have. */
  readonly mostOpen: string | undefined
  readonly lifts: readonly Lift[]
}

/** Everything that one score of a unit and week is made of; agrees with `judgeDiscipline` and `judgeService` to the last digit. */
export function explainScore(score: JudgedScore['score'], countsOf: CountsOf, rules: ScoringRules): ExplainedScore {
  const isService = score === 'service'
  const window = isService ? serviceWindow(countsOf, rules) : rules.discipline.window
  const judge = (counts: CountsOf): JudgedScore =>
    isService ? judgeService(counts, rules) : judgeDiscipline(counts, rules)
  const judged = judge(countsOf)
  const explained = (measure: PriorMeasure): ExplainedMeasure => {
    const used = measure === 'S4' ? rules.service.backlogWindow : window
    return explainMeasure(measure, used, countsOf(measure, used), rules)
  }
  const termRules: Readonly<Record<string, TermRule>> = rules[score].terms
  const behind: Readonly<Record<string, readonly PriorMeasure[]>> = TERM_MEASURES[score]
  let weighted = 0
  const terms = Object.entries(behind).flatMap(([term, names]): ExplainedTerm[] => {
    const rule = termRules[term]
    if (rule === undefined) return []
    const measures = names.map(explained)
    const exact = names.reduce((product, measure, at) => {
      const counts = countsOf(measure, measures[at]?.window ?? window)
      return product * beliefOf(measure, counts, rules).mean
    }, 1)
    const points = termPoints(exact, rule)
    weighted += rule.weight * points
    return [
      {
        term,
        ...rule,
        estimate: roundMeasure(exact),
        points: roundPoints(points),
        contribution: roundPoints(rule.weight * points),
        open: roundPoints(rule.weight * (100 - points)),
        measures,
      },
    ]
  })
  const width = roundPoints(judged.upper80 - judged.lower80)
  const [widest] = terms.filter(({ open }) => open > 0).sort((a, b) => b.open - a.open)
  return {
    judged,
    weighted: roundPoints(weighted),
    width,
    window,
    widened:
      isService && window !== rules.service.window
        ? {
            from: rules.service.window,
            counted: countsOf('S2', rules.service.window).denominator,
            under: rules.service.widenUnderDueCases,
          }
        : undefined,
    terms,
    hidden: hiddenReasons(score, window, width, countsOf, rules),
    mostOpen: widest?.term,
    lifts: liftsOf(score, judged, countsOf, judge, rules),
  }
}

function explainMeasure(
  measure: PriorMeasure,
  window: WindowName,
  counts: Counts,
  rules: ScoringRules,
): ExplainedMeasure {
  const { numerator, denominator, squaredDays } = counts
  const { lower80, upper80 } = judgeMeasure({ ...counts, measure }, rules)
  const isOfPersons = measure === 'A1' || measure === 'A2' || measure === 'A3'
  const rho = isOfPersons ? rules.personCorrelation[measure] : 0
  return {
    measure,
    window,
    numerator,
    denominator,
    prior: rules.priors[measure],
    mean: roundMeasure(beliefOf(measure, counts, rules).mean),
    lower80,
    upper80,
    clustering:
      isOfPersons && squaredDays !== undefined && denominator > 0
        ? {
            rho,
            daysPerPerson: roundMeasure(squaredDays / denominator),
            designEffect: roundMeasure(designEffect(denominator, squaredDays, rho)),
          }
        : undefined,
  }
}

const beliefOf = (measure: PriorMeasure, counts: Counts, rules: ScoringRules) =>
  measure === 'S5' || measure === 'S6' ? meanBelief(measure, counts, rules) : shareBelief(measure, counts, rules)

function hiddenReasons(
  score: JudgedScore['score'],
  window: WindowName,
  width: number,
  countsOf: CountsOf,
  rules: ScoringRules,
): readonly HiddenReason[] {
  const [measure, needed] =
    score === 'service'
      ? (['S2', rules.service.hideUnderDueCases] as const)
      : (['A1', rules.discipline.hideUnderPersonDays] as const)
  const counted = countsOf(measure, window).denominator
  const atMost = rules.confidence.lowUpTo
  return [
    ...(counted < needed ? [{ kind: 'too_few', measure, window, counted, needed } as const] : []),
    ...(width > atMost ? [{ kind: 'too_wide', width, atMost } as const] : []),
  ]
}
