import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectByNames } from './select-by-names.ts'

/** What one row holds of a unit's week: a list that is replaced whole. */
export interface WeekRows<T> {
  readonly table: string
  /** Columns of the key beside unit and week, such as the scope. */
  readonly key: Readonly<Record<string, string>>
  /** Name and columns of the nested list. */
  readonly nested: string
  readonly columns: { readonly [column: string]: (entry: T) => string | number }
}

interface Weeks {
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
}

/** Makes these units' weeks exactly what is given: what stood there and has nothing left is taken back. */
export async function replaceWeeks<T extends { readonly unitId: string; readonly week: string }>(
  client: ClickHouseClient,
  { table, key, nested, columns }: WeekRows<T>,
  { unitIds, fromWeek, toWeek }: Weeks,
  entries: readonly T[],
  stamp: Readonly<Record<string, string>>,
): Promise<void> {
  const conditions = Object.keys(key).map((name) => `AND ${name} = {${name}: String}`)
  const stood = await selectByNames<{ unit_id: string; monday: string }>(
    client,
    `SELECT unit_id, toString(week) AS monday FROM ${table} FINAL
     WHERE unit_id IN {units: Array(String)} AND week BETWEEN {from: Date} AND {to: Date} ${conditions.join(' ')}`,
    { units: unitIds },
    { from: fromWeek, to: toWeek, ...key },
  )
  const weeks = new Map<string, T[]>(stood.map(({ unit_id, monday }) => [`${unit_id}|${monday}`, []]))
  // Entries of one week mostly come in a row: its name is made once, and not for each.
  let [unitId, monday, latest]: [string, string, T[]] = ['', '', []]
  for (const entry of entries) {
    if (entry.week !== monday || entry.unitId !== unitId) {
      const name = `${entry.unitId}|${entry.week}`
      latest = weeks.get(name) ?? []
      weeks.set(name, latest)
      unitId = entry.unitId
      monday = entry.week
    }
    latest.push(entry)
  }
  // Weeks that say nothing new are written too: their later as_of keeps out what an earlier owner may still be writing.
  await insertRows(
    client,
    table,
    [...weeks].map(([name, week]) => ({
      unit_id: name.slice(0, -'|YYYY-MM-DD'.length),
      week: name.slice(-'YYYY-MM-DD'.length),
      ...key,
      ...Object.fromEntries(Object.entries(columns).map(([column, read]) => [`${nested}.${column}`, week.map(read)])),
      ...stamp,
      is_deleted: week.length === 0 ? 1 : 0,
    })),
  )
}
