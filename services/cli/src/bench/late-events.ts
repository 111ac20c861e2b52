import { createAreaFigures } from '@bina/clickhouse/area-figures'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createFinalScores } from '@bina/clickhouse/final-scores'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createJudgedStore } from '@bina/clickhouse/judged-store'
import { createPolicyLog } from '@bina/clickhouse/policy-log'
import { createSignalStore } from '@bina/clickhouse/signal-store'
import { createUnitFacts } from '@bina/clickhouse/unit-facts'
import { createWorkCalendar } from '@bina/domain/calendar'
import type { TouchedUnit } from '@bina/pipeline/ports/touch-publisher'
import { createFoldTouched } from '@bina/pipeline/score/fold-touched'
import { createJudgeAreas, type JudgeAreas } from '@bina/pipeline/score/judge-areas'
import { createJudgeSignals } from '@bina/pipeline/score/judge-signals'
import { createJudgeTouched } from '@bina/pipeline/score/judge-touched'
import { createRestate } from '@bina/pipeline/score/restate'
import type { Policy } from '@bina/runtime/load-policy'
import type { GeneratedLog } from './generated-log.ts'

export interface LateRun {
  readonly events: number
  readonly round: number
  readonly foldSeconds: number
  readonly judgeSeconds: number
}

/** Times what a score-worker does after late events: folds their person-days, then judges the units that these touch and the areas above. */
export function createLateEventsBench(
  log: GeneratedLog,
  { policy, zone, clock }: { readonly policy: Policy; readonly zone: string; readonly clock: () => number },
) {
  const client = connectClickHouse(log.settings)
  const touchedUnits: TouchedUnit[] = []
  const touches = {
    touch: async () => {},
    touchUnits: async (units: readonly TouchedUnit[]) => {
      touchedUnits.push(...units)
    },
  }
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const fold = createFoldTouched(
    { zone, cityProfile: 'office_5d' },
    {
      entityLog: createEntityLog(client),
      store: createFoldedStore(client),
      touches,
      calendar,
      rules: policy.rules,
      clock,
    },
  )
  const judgeSignals = createJudgeSignals(
    { policyVersion: policy.version },
    { store: createSignalStore(client, { zone }), policy: policy.scoring, rebasing: policy.rebasing },
  )
  const createAreas = () =>
    createJudgeAreas(
      { zone, policyVersion: policy.version },
      { figures: createAreaFigures(client, { zone }), policy: policy.scoring, judgeSignals, clock },
    )
  // A worker that has just begun: nothing is remembered from the round before.
  const createJudge = (areas: JudgeAreas) =>
    createJudgeTouched(
      { zone, policyVersion: policy.version },
      {
        facts: createUnitFacts(client, { zone }),
        store: createJudgedStore(client),
        policy: policy.scoring,
        judgeSignals,
        restate: createRestate(
          { zone, policyVersion: policy.version, history: policy.history.map(({ version }) => version) },
          { finalScores: createFinalScores(client), policyLog: createPolicyLog(client, { zone }) },
        ),
        calendar,
        areas,
        touches,
        clock,
      },
    )
  return {
    run: async (round: number, lateEvents: number): Promise<LateRun> => {
      const entities = await log.addLate(round, lateEvents)
      const startMs = performance.now()
      await fold([{ entities, revised: [] }])
      const foldedMs = performance.now()
      const areas = createAreas()
      await createJudge(areas)(touchedUnits.splice(0))
      await areas.judge(touchedUnits.splice(0))
      const endMs = performance.now()
      return {
        events: log.events,
        round,
        foldSeconds: (foldedMs - startMs) / 1000,
        judgeSeconds: (endMs - foldedMs) / 1000,
      }
    },
    close: () => client.close(),
  }
}
