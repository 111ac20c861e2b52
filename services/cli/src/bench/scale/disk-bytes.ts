import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { selectRows } from '@bina/clickhouse/select-rows'

export interface DiskBytes {
  /** Of an event, over all tables that the sink fills: its identity, wherever it stands, and all else. */
  readonly identity: number
  readonly allElse: number
  readonly byTable: readonly { readonly table: string; readonly column: string; readonly bytesPerEvent: number }[]
}

/** What the sink fills, by the event. */
const tables = ['event_store', 'entity_event', 'revision', 'ingest_offset', 'message_identity'] as const

// What names an event, and what two messages of one identity are told apart by: random, hence as long on disk as in memory.
const identityColumns = new Set(['source', 'id', 'precedence', 'content_hash', 'identity_hash', 'identity'])

/** Compressed bytes on disk for each event, after every part was merged. */
export async function diskBytesOf(client: ClickHouseClient, events: number): Promise<DiskBytes> {
  for (const table of tables) {
    // A small part keeps its columns in one file, and says nothing of each.
    const wide = 'min_bytes_for_wide_part = 0, min_rows_for_wide_part = 0'
    await client.command({ query: `ALTER TABLE ${table} MODIFY SETTING ${wide}` })
    await client.command({
      query: `OPTIMIZE TABLE ${table} FINAL`,
      clickhouse_settings: { optimize_skip_merged_partitions: 0 },
    })
  }
  const columns = await selectRows<{ table: string; column: string; bytes: number }>(
    client,
    `SELECT table, column, sum(column_data_compressed_bytes) AS bytes FROM system.parts_columns
     WHERE database = currentDatabase() AND active AND table IN {tables: Array(String)} GROUP BY table, column ORDER BY table, bytes DESC`,
    { tables },
  )
  const byTable = columns.map(({ table, column, bytes }) => ({ table, column, bytesPerEvent: bytes / events }))
  const sum = (isIdentity: boolean) =>
    byTable
      .filter(({ column }) => identityColumns.has(column) === isIdentity)
      .reduce((total, { bytesPerEvent }) => total + bytesPerEvent, 0)
  return { identity: sum(true), allElse: sum(false), byTable }
}

/** Inserts that made a part since the table began: each takes the next block number of its partition. */
export async function insertedPartsOf(client: ClickHouseClient, table: string): Promise<number> {
  const [row] = await selectRows<{ parts: number }>(
    client,
    `SELECT sum(last) AS parts FROM (SELECT max(max_block_number) AS last FROM system.parts
     WHERE database = currentDatabase() AND table = {table: String} GROUP BY partition_id)`,
    { table },
  )
  return row?.parts ?? 0
}
