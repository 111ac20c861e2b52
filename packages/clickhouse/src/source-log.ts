import type { SourceArrivals, SourceLog, StandingSilence } from '@bina/pipeline/ports/source-log'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'

export function createSourceLog(client: ClickHouseClient): SourceLog {
  const write = async (silences: readonly (StandingSilence & { unitIds: readonly string[]; isGone: boolean })[]) => {
    if (silences.length === 0) return
    const [server] = await selectRows<{ now: string }>(client, 'SELECT toString(now64(6)) AS now')
    await insertRows(
      client,
      'source_silence_store',
      silences.map(({ source, topic, day, lastArrivalMs, foundAtMs, unitIds, isGone }) => ({
        source,
        topic,
        day,
        last_arrival_at: lastArrivalMs,
        found_at: foundAtMs,
        unit_ids: unitIds,
        version: server?.now ?? '',
        is_deleted: isGone ? 1 : 0,
      })),
    )
  }
  return {
    arrivals: (fromMs, untilMs) =>
      selectRows<SourceArrivals>(
        client,
        `SELECT source, topic, arraySort(groupUniqArray(toUnixTimestamp(slot) * 1000)) AS slots FROM source_arrival
         WHERE slot >= fromUnixTimestamp64Milli({from: Int64}) AND slot <= fromUnixTimestamp64Milli({until: Int64})
         GROUP BY source, topic ORDER BY source, topic`,
        { from: fromMs, until: untilMs },
      ),
    unitsOf: async ({ source, topic }, sinceMs) => {
      const rows = await selectRows<{ unitId: string }>(
        client,
        `SELECT DISTINCT unit_id AS unitId FROM source_unit
         WHERE source = {source: String} AND topic = {topic: String} AND week >= toMonday(fromUnixTimestamp64Milli({since: Int64}))
         ORDER BY unitId`,
        { source, topic, since: sinceMs },
      )
      return rows.map(({ unitId }) => unitId)
    },
    silences: (fromDay) =>
      selectRows<StandingSilence>(
        client,
        `SELECT source, topic, toString(s.day) AS day, toUnixTimestamp64Milli(last_arrival_at) AS lastArrivalMs,
           toUnixTimestamp64Milli(found_at) AS foundAtMs
         FROM source_silence_store AS s FINAL WHERE s.day >= {fromDay: Date}`,
        { fromDay },
      ),
    write: (found) => write(found.map((silence) => ({ ...silence, isGone: false }))),
    takeBack: (silences) => write(silences.map((silence) => ({ ...silence, unitIds: [], isGone: true }))),
  }
}

/** Sources that are silent now: nothing has come in since they were found, in the last week. */
export const silentSources = (client: ClickHouseClient, nowMs: number) =>
  selectRows<{ source: string; topic: string; lastArrivalMs: number; units: number }>(
    client,
    `SELECT source, topic, toUnixTimestamp64Milli(max(s.last_arrival_at)) AS lastArrivalMs, max(length(unit_ids)) AS units
     FROM source_silence AS s
     INNER JOIN (SELECT source, topic, max(slot) AS latest FROM source_arrival GROUP BY source, topic) AS a USING (source, topic)
     WHERE s.day >= toDate(fromUnixTimestamp64Milli({now: Int64})) - 7 AND s.last_arrival_at >= a.latest
     GROUP BY source, topic ORDER BY source, topic`,
    { now: nowMs },
  )
