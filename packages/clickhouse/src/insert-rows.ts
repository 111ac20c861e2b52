import type { ClickHouseClient } from './connect.ts'

/** Inserts objects that all have the same fields, named as the columns. The names travel once and not with every row, which
 *  halves what is sent and read. Without rows nothing is sent. */
export async function insertRows(
  client: ClickHouseClient,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const [column, ...columns] = Object.keys(rows[0] ?? {})
  if (column === undefined) return
  const values = rows.map((row) => [row[column], ...columns.map((name) => row[name])])
  await client.insert({ table, columns: [column, ...columns], values, format: 'JSONCompactEachRow' })
}
