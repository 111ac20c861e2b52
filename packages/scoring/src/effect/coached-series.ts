/** Successes and cases of one week; cases may be answers, successes their sum. */
export interface WeekCount {
  readonly numerator: number
  readonly denominator: number
}

/** One unit's weeks of one measure, in order; undefined where nothing was counted. */
export interface CoachedSeries {
  readonly unitId: string
  readonly unitType: string
  /** Place in `weeks` of the week of its first coaching; undefined while it has had none. */
  readonly coachedAt: number | undefined
  readonly weeks: readonly (WeekCount | undefined)[]
}

/** A unit of which is asked, and the week from which the effect is to be seen. */
export interface CoachedUnit {
  readonly unitId: string
  readonly at: number
}

export type EffectMethod = 'segmented_regression' | 'difference_in_differences'

export type NotConcluded =
  | 'not_coached'
  | 'too_few_weeks'
  | 'too_few_cases'
  | 'too_few_coached_units'
  | 'too_few_units_to_compare'
  | 'interval_holds_zero'

/** What can be said of coaching, in points of 100 above (or below) what would have been without. */
export interface CoachingEffect {
  readonly method: EffectMethod | undefined
  readonly coachedUnits: number
  readonly comparedUnits: number
  readonly weeksBefore: number
  readonly weeksAfter: number
  readonly effect: number | undefined
  readonly lower80: number | undefined
  readonly upper80: number | undefined
  readonly conclusion: 'higher' | 'lower' | 'none' | 'cannot_be_concluded_yet'
  readonly reason: NotConcluded | undefined
}

/** Pooled share of the weeks from `from` up to but not `to`, in points, and the cases that it rests on; undefined without any. */
export function pooledPoints(
  { weeks }: Pick<CoachedSeries, 'weeks'>,
  from: number,
  to: number,
): { readonly points: number; readonly cases: number } | undefined {
  let [numerator, cases] = [0, 0]
  for (const week of weeks.slice(Math.max(0, from), Math.max(0, to))) {
    numerator += week?.numerator ?? 0
    cases += week?.denominator ?? 0
  }
  return cases > 0 ? { points: (100 * numerator) / cases, cases } : undefined
}

/** Nothing is known yet, and why. */
export function notConcluded(
  reason: NotConcluded,
  seen: Partial<Pick<CoachingEffect, 'coachedUnits' | 'comparedUnits' | 'weeksBefore' | 'weeksAfter'>> = {},
): CoachingEffect {
  return {
    method: undefined,
    coachedUnits: 0,
    comparedUnits: 0,
    weeksBefore: 0,
    weeksAfter: 0,
    ...seen,
    effect: undefined,
    lower80: undefined,
    upper80: undefined,
    conclusion: 'cannot_be_concluded_yet',
    reason,
  }
}
