import type { TestCity } from './city.ts'

/** What two states of a city are not compared by (reading 38a). */
const left = ['as_of', 'stored_at', 'ingested_at', 'offset']
/** Tables of what happened to messages and mails, and of what was said before, rather than of the city. */
const ofTheWay = ['ingest_balance', 'dead_letter', 'report_run', 'report_delivery', 'score_restatement']

/** Every table of the contract by its name, with each row as one line of text, sorted. */
export async function cityTables(city: TestCity): Promise<ReadonlyMap<string, readonly string[]>> {
  const views = await city.rows<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View' AND name NOT IN {ofTheWay: Array(String)} ORDER BY name",
    { ofTheWay },
  )
  const tables = new Map<string, readonly string[]>()
  for (const { name } of views) {
    const rows = await city.rows(`SELECT * EXCEPT (${left.join(', ')}) FROM ${name}`)
    tables.set(name, rows.map((row) => JSON.stringify(row)).toSorted())
  }
  return tables
}
