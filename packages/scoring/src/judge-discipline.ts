import { type ShareMeasure, shareBelief } from './belief.ts'
import type { CountsOf } from './counts.ts'
import { type JudgedScore, judgeScore } from './judge-score.ts'
import type { DisciplineTerm, ScoringRules } from './scoring-policy.ts'

/** The discipline score of a unit and week (domain.md 5.2, 5.5; readings.md 30, 31). */
export function judgeDiscipline(countsOf: CountsOf, rules: ScoringRules): JudgedScore<DisciplineTerm> {
  const { window, terms, hideUnderPersonDays } = rules.discipline
  const belief = (measure: ShareMeasure) => shareBelief(measure, countsOf(measure, window), rules)
  return judgeScore(
    'discipline',
    {
      verified_attendance: { rule: terms.verified_attendance, beliefs: [belief('A1'), belief('C1')] },
      on_time: { rule: terms.on_time, beliefs: [belief('A2')] },
      full_day: { rule: terms.full_day, beliefs: [belief('A3')] },
    },
    countsOf('A1', window).denominator >= hideUnderPersonDays,
    rules,
  )
}
