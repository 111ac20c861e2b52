import { setTimeout as wait } from 'node:timers/promises'
import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { selectRows } from '@bina/clickhouse/select-rows'

const lookEveryMs = 50

/** Waits until `view` has so many rows. The server is asked for what it knows of `table` anyhow, and counts the view's rows only once these
 *  may be enough. Gives, on the clock of `performance`, when the first row and when the last were seen: the instants of asking. */
export async function untilCountable(
  client: ClickHouseClient,
  wanted: { readonly table: string; readonly view: string; readonly events: number },
  options: { readonly onProgress: (rows: number) => void; readonly alive: () => void; readonly signal: AbortSignal },
): Promise<{ readonly firstRowMs: number; readonly lastRowMs: number }> {
  let firstRowMs: number | undefined
  let countedRows = 0
  for (;;) {
    options.signal.throwIfAborted()
    options.alive()
    const askedMs = performance.now()
    const rows = await rowsOf(client, wanted.table)
    if (rows > 0) firstRowMs ??= askedMs
    options.onProgress(rows)
    // Repeats are rows as well until they are merged: the count may be asked for more than once, but not again of the same rows.
    if (rows >= wanted.events && rows !== countedRows) {
      countedRows = rows
      const countedMs = performance.now()
      const [counted] = await selectRows<{ rows: number }>(client, `SELECT count() AS rows FROM ${wanted.view}`)
      if (counted !== undefined && counted.rows >= wanted.events)
        return { firstRowMs: firstRowMs ?? countedMs, lastRowMs: countedMs }
    }
    await wait(lookEveryMs, undefined, { signal: options.signal })
  }
}

async function rowsOf(client: ClickHouseClient, table: string): Promise<number> {
  const [row] = await selectRows<{ rows: number | null }>(
    client,
    'SELECT total_rows AS rows FROM system.tables WHERE database = currentDatabase() AND name = {table: String}',
    { table },
  )
  return row?.rows ?? 0
}

/** Of what both engines extract. Of two messages with one identity the earlier stands in both, so that it is the same if they are right.
 *  Without `data`, whose fields Bina keeps in the schema's order and the engine in the publisher's. */
export async function checksumOf(client: ClickHouseClient, table: string): Promise<string> {
  const [row] = await selectRows<{ checksum: string }>(
    client,
    `SELECT toString(sum(sipHash64(source, id, type, subject, occurred_at, record_at, topic, partition, offset, unit_id, entity, supersedes,
      withdraws, precedence))) AS checksum FROM ${table} FINAL`,
  )
  return row?.checksum ?? ''
}
