import type { WorkCalendar } from '@bina/domain/calendar'
import type { RebasingPolicy } from '@bina/scoring/charts/rebasing-policy'
import type { ScoringPolicy } from '@bina/scoring/scoring-policy'
import type { JudgeStores } from '../ports/judge-stores.ts'
import type { TouchPublisher } from '../ports/touch-publisher.ts'
import { createFollowJudged } from './follow-judged.ts'
import { createJudgeAreas } from './judge-areas.ts'
import { createJudgeSignals } from './judge-signals.ts'
import { createJudgeTouched } from './judge-touched.ts'
import { createRestate, type Restate } from './restate.ts'

export interface JudgesConfig {
  readonly zone: string
  readonly policy: {
    readonly version: string
    /** Every version up to this one, the first first. */
    readonly history: readonly { readonly version: string }[]
    readonly scoring: ScoringPolicy
    readonly rebasing: RebasingPolicy
  }
}

export interface JudgesDeps {
  readonly stores: JudgeStores
  readonly calendar: WorkCalendar
  readonly touches: Pick<TouchPublisher, 'touchUnits'>
  readonly clock: () => number
  /** In place of listing each move of a final score: for figures that do not stand where they are read. */
  readonly restate?: Restate
}

/** The judge of units' weeks, what follows from these, and the judge of the areas above them, which share their signals. */
export function createJudges(
  { zone, policy }: JudgesConfig,
  { stores, calendar, touches, clock, ...deps }: JudgesDeps,
) {
  const policyVersion = policy.version
  const history = policy.history.map(({ version }) => version)
  const judgeSignals = createJudgeSignals(
    { policyVersion },
    { store: stores.signals, policy: policy.scoring, rebasing: policy.rebasing },
  )
  const areas = createJudgeAreas(
    { zone, policyVersion },
    { figures: stores.areaFigures, policy: policy.scoring, judgeSignals, clock },
  )
  const judgeTouched = createJudgeTouched(
    { zone, policyVersion },
    {
      facts: stores.facts,
      store: stores.judged,
      policy: policy.scoring,
      restate: deps.restate ?? createRestate({ zone, policyVersion, history }, stores),
      touches,
      clock,
    },
  )
  const followJudged = createFollowJudged(
    { zone, policyVersion },
    { facts: stores.facts, store: stores.judged, calendar, judgeSignals, areas, touches, clock },
  )
  return { judgeTouched, followJudged, judgeAreas: areas.judge }
}
