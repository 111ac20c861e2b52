import { type ClickHouseSettings, connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createJudgeStores } from '@bina/clickhouse/judge-stores'
import { createPolicyLog } from '@bina/clickhouse/policy-log'
import { createRebuildStore, rebuildDatabase } from '@bina/clickhouse/rebuild-store'
import { createWorkCalendar } from '@bina/domain/calendar'
import type { TouchPublisher } from '@bina/pipeline/ports/touch-publisher'
import { emptyTables } from '@bina/pipeline/rebuild/empty-tables'
import { type RebuildDeps, type Rebuilt, rebuild } from '@bina/pipeline/rebuild/rebuild'
import { createJudges } from '@bina/pipeline/score/create-judges'
import { createFoldTouched } from '@bina/pipeline/score/fold-touched'
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
  const stores = createJudgeStores(beside, { zone })
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const fold = {
    store: emptyTables(createFoldedStore(beside)),
    calendar,
    rules: policy.rules,
    clock,
  }
  const { judgeTouched, followJudged, judgeAreas } = createJudges(
    { zone, policy },
    {
      stores,
      calendar,
      touches: { touchUnits: async () => {} }, // what follows is asked for below, and all areas are added up in the end
      clock,
      // Nothing is said of these figures until they stand where they are read.
      restate: async () => async () => {},
    },
  )
  try {
    return await rebuild(
      { zone, policyVersion: policy.version, ...(config.anew === undefined ? {} : { anew: config.anew }) },
      {
        ...deps,
        store: createRebuildStore(here, { database }),
        policyLog: createPolicyLog(here, { zone }),
        log: createEntityLog(here),
        foldInto: (entityLog, touches) => createFoldTouched({ zone, cityProfile }, { ...fold, entityLog, touches }),
        judge: async (units) => {
          await judgeTouched(units)
          await followJudged(units.map((unit) => ({ ...unit, scope: 'judged' })))
        },
        judgeAreas,
        areasOf: stores.areaFigures.areasOf,
        facts: stores.facts,
      },
    )
  } finally {
    await beside.close()
    await here.close()
  }
}
