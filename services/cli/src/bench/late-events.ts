import { connectClickHouse } from '@bina/clickhouse/connect'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createJudgeStores } from '@bina/clickhouse/judge-stores'
import { createWorkCalendar } from '@bina/domain/calendar'
import type { TouchedUnit } from '@bina/pipeline/ports/touch-publisher'
import { createJudges } from '@bina/pipeline/score/create-judges'
import { createFoldTouched } from '@bina/pipeline/score/fold-touched'
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
  const stores = createJudgeStores(client, { zone })
  return {
    run: async (round: number, lateEvents: number): Promise<LateRun> => {
      const entities = await log.addLate(round, lateEvents)
      const startMs = performance.now()
      await fold([{ entities, revised: [] }])
      const foldedMs = performance.now()
      // A worker that has just begun: nothing is remembered from the round before.
      const { judgeTouched, followJudged, judgeAreas } = createJudges(
        { zone, policy },
        { stores, calendar, touches, clock },
      )
      await judgeTouched(touchedUnits.splice(0))
      await followJudged(touchedUnits.splice(0))
      await judgeAreas(touchedUnits.splice(0))
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
