import type { AreaFigures } from './area-figures.ts'
import type { FinalScores } from './final-scores.ts'
import type { JudgedStore } from './judged-store.ts'
import type { PolicyLog } from './policy-log.ts'
import type { SignalStore } from './signal-store.ts'
import type { UnitFacts } from './unit-facts.ts'

/** What judging reads and writes, all of one city. */
export interface JudgeStores {
  readonly facts: UnitFacts
  readonly judged: JudgedStore
  readonly signals: SignalStore
  readonly areaFigures: AreaFigures
  readonly finalScores: FinalScores
  readonly policyLog: PolicyLog
}
