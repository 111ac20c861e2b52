import { Readable } from 'node:stream'
import type { ClickHouseClient } from './connect.ts'
import type { RowBinaryWriter } from './row-binary.ts'

export interface BinaryRows {
  readonly table: string
  /** In the order in which the rows are written. */
  readonly columns: readonly string[]
  readonly rows: RowBinaryWriter
  readonly count: number
}

/** Inserts what was written; without rows nothing is sent. */
export async function insertRowBinary(
  client: ClickHouseClient,
  { table, columns, rows, count }: BinaryRows,
  settings: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  if (count === 0) return
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT RowBinary`,
    values: Readable.from(rows.chunks(), { objectMode: false }),
    clickhouse_settings: {
      // A batch becomes one block and, in each table, one part, however large it is: many small parts cost more to merge.
      max_insert_block_size: String(count),
      min_insert_block_size_rows: String(count),
      min_insert_block_size_bytes: '0',
      // A repeat within a block stays until parts merge, as one of two blocks does: readers say FINAL for both. Looking for it row by row
      // in every table is nearly half of what an insert costs.
      optimize_on_insert: 0,
      ...settings,
    },
  })
  // There is nothing to read in it, but the connection is free only after its end.
  for await (const _ of stream);
}
