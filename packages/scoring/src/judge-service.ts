import { type MeanMeasure, meanBelief, type ShareMeasure, shareBelief } from './belief.ts'
import type { CountsOf } from './counts.ts'
import { type JudgedScore, judgeScore } from './judge-score.ts'
import type { WindowName } from './measure-id.ts'
import type { ScoringRules, ServiceTerm } from './scoring-policy.ts'

/** The service score of a unit and week (domain.md 5.3, 5.5; readings.md 30, 31). */
export function judgeService(countsOf: CountsOf, rules: ScoringRules): JudgedScore<ServiceTerm> {
  const { terms, backlogWindow, hideUnderDueCases } = rules.service
  const window = serviceWindow(countsOf, rules)
  const share = (measure: ShareMeasure) => shareBelief(measure, countsOf(measure, window), rules)
  const mean = (measure: MeanMeasure) => meanBelief(measure, countsOf(measure, window), rules)
  return judgeScore(
    'service',
    {
      response: { rule: terms.response, beliefs: [share('S1')] },
      verified_resolution: { rule: terms.verified_resolution, beliefs: [share('S2'), share('S3')] },
      satisfaction: { rule: terms.satisfaction, beliefs: [mean('S5')] },
      courtesy_clarity: { rule: terms.courtesy_clarity, beliefs: [mean('S6')] },
      no_stale_backlog: {
        rule: terms.no_stale_backlog,
        beliefs: [shareBelief('S4', countsOf('S4', backlogWindow), rules)],
      },
    },
    countsOf('S2', window).denominator >= hideUnderDueCases,
    rules,
  )
}

/** The window of S1 to S3, S5 and S6: widened where few cases fell due, which a report has to say (readings.md 31). */
export function serviceWindow(countsOf: CountsOf, rules: ScoringRules): WindowName {
  const { window, widenedWindow, widenUnderDueCases } = rules.service
  return countsOf('S2', window).denominator < widenUnderDueCases ? widenedWindow : window
}
