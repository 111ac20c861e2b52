import { createAreaFigures } from '@bina/clickhouse/area-figures'
import { type ClickHouseSettings, connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createJudgedStore } from '@bina/clickhouse/judged-store'
import { createPolicyLog } from '@bina/clickhouse/policy-log'
import { createRebuildStore, rebuildDatabase } from '@bina/clickhouse/rebuild-store'
import { createSignalStore } from '@bina/clickhouse/signal-store'
import { createUnitFacts } from '@bina/clickhouse/unit-facts'
import { createWorkCalendar } from '@bina/domain/calendar'
import type { TouchPublisher } from '@bina/pipeline/ports/touch-publisher'
import { type RebuildDeps, type Rebuilt, rebuild } from '@bina/pipeline/rebuild/rebuild'
import { createFoldTouched } from '@bina/pipeline/score/fold-touched'
import { createJudgeAreas } from '@bina/pipeline/score/judge-areas'
import { createJudgeSignals } from '@bina/pipeline/score/judge-signals'
import { createJudgeTouched } from '@bina/pipeline/score/judge-touched'
import type { Policy } from '@bina/runtime/load-policy'

export interface RebuildCityConfig {
  readonly settings: ClickHouseSettings
  readonly zone: string
  readonly cityProfile: string
  readonly anew?: boolean
}

export interface RebuildCityDeps extends Pick<RebuildDeps, 'clock' | 'signal' | 'onProgress'> {
  readonly policy: Policy
  readonly touches: TouchPublisher
}

/** Rebuilds one city: reads its log, works in a database beside its own, and swaps. */
export async function rebuildCity(config: RebuildCityConfig, deps: RebuildCityDeps): Promise<Rebuilt> {
  const { settings, zone, cityProfile } = config
  const { policy, clock } = deps
  const database = databaseOf(settings.url)
  const here = connectClickHouse(settings)
  const beside = connectClickHouse({ ...settings, url: `${new URL(settings.url).origin}/${rebuildDatabase(database)}` })
  const facts = createUnitFacts(beside, { zone })
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const fold = {
    entityLog: createEntityLog(here),
    store: createFoldedStore(beside),
    calendar,
    rules: policy.rules,
    clock,
  }
  const judgeSignals = createJudgeSignals(
    { policyVersion: policy.version },
    { store: createSignalStore(beside, { zone }), policy: policy.scoring, rebasing: policy.rebasing },
  )
  const areas = createJudgeAreas(
    { zone, policyVersion: policy.version },
    { figures: createAreaFigures(beside, { zone }), policy: policy.scoring, judgeSignals, clock },
  )
  const judge = createJudgeTouched(
    { zone, policyVersion: policy.version },
    {
      facts,
      store: createJudgedStore(beside),
      policy: policy.scoring,
      judgeSignals,
      // Nothing is said of these figures until they stand where they are read.
      restate: async () => {},
      calendar,
      areas,
      touches: { touchUnits: async () => {} }, // all areas are added up in the end
      clock,
    },
  )
  try {
    return await rebuild(
      { zone, policyVersion: policy.version, ...(config.anew === undefined ? {} : { anew: config.anew }) },
      {
        ...deps,
        store: createRebuildStore(here, { database }),
        policyLog: createPolicyLog(here, { zone }),
        foldInto: (touches) => createFoldTouched({ zone, cityProfile }, { ...fold, touches }),
        judge,
        judgeAreas: areas.judge,
        facts,
      },
    )
  } finally {
    await beside.close()
    await here.close()
  }
}
