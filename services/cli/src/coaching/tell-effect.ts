import { isoWeekName } from '@bina/domain/week'
import type { EffectAnswer, EffectQuestion } from '@bina/pipeline/effect/ask-effect'
import type { NotConcluded } from '@bina/scoring/effect/coached-series'
import type { CoachingMeasure } from '@bina/scoring/effect/coaching-measures'
import type { EffectRules } from '@bina/scoring/effect/effect-rules'

const names: Readonly<Record<CoachingMeasure, string>> = {
  A1: 'attendance',
  A2: 'on time',
  A3: 'full day',
  S1: 'response on time',
  S2: 'resolved on time and not reopened',
  S5: 'satisfaction',
  S6: 'courtesy and clarity',
}

/** An answer in plain words. A rise since coaching alone is never told: without those not coached it says nothing. */
export function tellEffect(
  { kind, subject }: EffectQuestion,
  answers: readonly EffectAnswer[],
  { lastWeek, rules }: { readonly lastWeek: string; readonly rules: EffectRules },
): readonly string[] {
  const about = {
    unit: `Coaching of ${subject}`,
    action: `Coaching in which ${subject} was agreed on`,
    city: 'First coaching of all units',
  }[kind]
  return [
    `${about}, weeks up to ${isoWeekName(lastWeek)}:`,
    ...answers.map((answer) => `  ${answer.measure} ${names[answer.measure]}: ${tellAnswer(answer, rules, kind)}`),
    'Points are of 100, above or below what the same weeks would have been without, as units not yet coached show. "Cannot be concluded yet" is "belum dapat disimpulkan".',
  ]
}

function tellAnswer(answer: EffectAnswer, rules: EffectRules, kind: EffectQuestion['kind']): string {
  const { effect, lower80, upper80, conclusion, reason, comparedUnits, coachedUnits, weeksBefore, weeksAfter } = answer
  if (effect === undefined || lower80 === undefined || upper80 === undefined) {
    return `cannot be concluded yet: ${reasons(rules, kind)[reason ?? 'interval_holds_zero']}.`
  }
  const range = `between ${points(lower80)} and ${points(upper80)} points (80 %)`
  const rests = `${kind === 'unit' ? '' : `${coachedUnits} coached units, `}${comparedUnits} not yet coached, ${weeksBefore} weeks before and ${weeksAfter} after`
  switch (conclusion) {
    case 'higher':
      return `higher by about ${points(effect)} points, ${range}; ${rests}.`
    case 'lower':
      return `lower by about ${points(-effect)} points, ${range}; ${rests}.`
    case 'none':
      return `no effect worth the name, ${range}; ${rests}.`
    case 'cannot_be_concluded_yet':
      return `cannot be concluded yet: ${range}, so it may be nothing; ${rests}.`
    default:
      return conclusion satisfies never
  }
}

const points = (value: number) => value.toFixed(1).replace('-0.0', '0.0')

const reasons = (rules: EffectRules, kind: EffectQuestion['kind']): Readonly<Record<NotConcluded, string>> => {
  const { unitWeeks, pooled } = rules
  return {
    not_coached: 'no session was held',
    too_few_weeks:
      kind === 'unit'
        ? `it takes ${unitWeeks.least} weeks before the first session and ${unitWeeks.least} after`
        : `it takes ${pooled.least + pooled.recent} weeks before the first sessions and ${pooled.least} after`,
    too_few_cases: 'too few cases in these weeks',
    too_few_coached_units: `it takes ${pooled.coachedUnits} coached units that can be compared`,
    too_few_units_to_compare: `it takes ${pooled.comparedUnits} units of the same type that were not yet coached in the same weeks`,
    interval_holds_zero: 'it may be nothing',
  }
}
