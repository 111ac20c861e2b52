import type { JudgeStores } from '@bina/pipeline/ports/judge-stores'
import { createAreaFigures } from './area-figures.ts'
import type { ClickHouseClient } from './connect.ts'
import { createFinalScores } from './final-scores.ts'
import { createJudgedStore } from './judged-store.ts'
import { createPolicyLog } from './policy-log.ts'
import { createSignalStore } from './signal-store.ts'
import { createUnitFacts } from './unit-facts.ts'

export function createJudgeStores(client: ClickHouseClient, config: { readonly zone: string }): JudgeStores {
  return {
    facts: createUnitFacts(client, config),
    judged: createJudgedStore(client),
    signals: createSignalStore(client, config),
    areaFigures: createAreaFigures(client, config),
    finalScores: createFinalScores(client),
    policyLog: createPolicyLog(client, config),
  }
}
