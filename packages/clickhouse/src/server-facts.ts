import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

export interface ServerFacts {
  /** `26.7.2.1` */
  readonly version: string
  readonly nowMs: number
}

/** Asked without a database, so that it answers before one is made. */
export async function serverFacts(client: ClickHouseClient): Promise<ServerFacts> {
  const [facts] = await selectRows<ServerFacts>(
    client,
    'SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS nowMs',
  )
  return facts ?? { version: '', nowMs: Number.NaN }
}

/** Free share (0 to 1) of the fullest disk that the server keeps data on; undefined where the user may not ask. */
export async function freeDiskShare(client: ClickHouseClient): Promise<number | undefined> {
  const [disk] = await selectRows<{ free: number | null }>(
    client,
    'SELECT min(free_space / total_space) AS free FROM system.disks WHERE total_space > 0 AND NOT is_remote',
  )
  return disk?.free ?? undefined
}

/** The zone in which the views count days: that of the last `migrate`. Undefined where there is no such view. */
export async function zoneOfViews(client: ClickHouseClient): Promise<string | undefined> {
  const [view] = await selectRows<{ text: string }>(
    client,
    "SELECT create_table_query AS text FROM system.tables WHERE database = currentDatabase() AND name = 'unit_day_part'",
  )
  return /toDate\([^()]*, '([^']+)'\)/.exec(view?.text ?? '')?.[1]
}

/** Timestamp of the latest record that any publisher gave an event, epoch milliseconds; undefined while there is none. */
export async function latestRecordMs(client: ClickHouseClient): Promise<number | undefined> {
  const [latest] = await selectRows<{ recordMs: number | null }>(
    client,
    'SELECT toUnixTimestamp64Milli(maxOrNull(record_at)) AS recordMs FROM event_store',
  )
  return latest?.recordMs ?? undefined
}
