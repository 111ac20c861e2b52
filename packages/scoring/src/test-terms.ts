import { meanBelief, shareBelief } from './belief.ts'
import type { Interval, UncertainTerm } from './score-interval.ts'
import { type CountTable, countsFrom, startingRules } from './test-rules.ts'

// Tests only: the terms of the two scores by the starting rules.

export function disciplineTerms(table: CountTable): readonly UncertainTerm[] {
  const { terms } = startingRules.discipline
  const share = (measure: 'A1' | 'A2' | 'A3' | 'C1') =>
    shareBelief(measure, countsFrom(table)(measure, 'R4'), startingRules)
  return [
    { rule: terms.verified_attendance, beliefs: [share('A1'), share('C1')] },
    { rule: terms.on_time, beliefs: [share('A2')] },
    { rule: terms.full_day, beliefs: [share('A3')] },
  ]
}

export function serviceTerms(table: CountTable): readonly UncertainTerm[] {
  const { terms } = startingRules.service
  const share = (measure: 'S1' | 'S2' | 'S3' | 'S4') =>
    shareBelief(measure, countsFrom(table)(measure, 'R13'), startingRules)
  const mean = (measure: 'S5' | 'S6') => meanBelief(measure, countsFrom(table)(measure, 'R13'), startingRules)
  return [
    { rule: terms.response, beliefs: [share('S1')] },
    { rule: terms.verified_resolution, beliefs: [share('S2'), share('S3')] },
    { rule: terms.satisfaction, beliefs: [mean('S5')] },
    { rule: terms.courtesy_clarity, beliefs: [mean('S6')] },
    { rule: terms.no_stale_backlog, beliefs: [share('S4')] },
  ]
}

export const ordinaryDiscipline = disciplineTerms({ A1: [221, 228], A2: [190, 228], A3: [205, 228], C1: [7, 8] })
export const atItsTargets = disciplineTerms({ A1: [228, 228], A2: [216, 228], A3: [222, 228], C1: [20, 20] })
export const ordinaryService = serviceTerms({
  S1: [11, 14],
  S2: [9, 13],
  S3: [4, 5],
  S4: [47, 50],
  S5: [7.2, 9],
  S6: [6.3, 9],
})

/** The larger of what parts the two ends, in points. */
export function distance(one: Interval, other: Interval): number {
  return Math.max(Math.abs(one.lower80 - other.lower80), Math.abs(one.upper80 - other.upper80))
}
