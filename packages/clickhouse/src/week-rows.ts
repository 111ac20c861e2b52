import { dayNumberOf } from '@bina/domain/plain-date'
import type { ClickHouseClient } from './connect.ts'
import { insertRowBinary } from './insert-row-binary.ts'
import { createRowBinaryWriter, type RowBinaryWriter } from './row-binary.ts'
import { selectByNames } from './select-by-names.ts'
import { microsecondsOf } from './server-time.ts'

/** What one row holds of a unit's week: a list that is replaced whole. */
export interface WeekRows<T> {
  readonly table: string
  /** Where a unit has several rows of a week: which of them, as a value of the Enum8 `scope`. */
  readonly scope?: { readonly name: string; readonly code: number }
  /** Name and columns of the nested list. */
  readonly nested: string
  readonly columns: { readonly [column: string]: ColumnOf<T> }
}

/** A column of the list: how a value of it is written, and what is written of an entry. */
export type ColumnOf<T> =
  | { readonly type: 'string'; readonly read: (entry: T) => string }
  | { readonly type: 'float64'; readonly read: (entry: T) => number }

export interface WeekStamp {
  readonly as_of: string
  /** Where the table has it. */
  readonly policy_version?: string
}

interface Weeks {
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
}

/** Makes these units' weeks exactly what is given: what stood there and has nothing left is taken back. */
export async function replaceWeeks<T extends { readonly unitId: string; readonly week: string }>(
  client: ClickHouseClient,
  { table, scope, nested, columns }: WeekRows<T>,
  { unitIds, fromWeek, toWeek }: Weeks,
  entries: readonly T[],
  stamp: WeekStamp,
): Promise<void> {
  const stood = await selectByNames<{ unit_id: string; monday: string }>(
    client,
    `SELECT unit_id, toString(week) AS monday FROM ${table} FINAL
     WHERE unit_id IN {units: Array(String)} AND week BETWEEN {from: Date} AND {to: Date} ${scope === undefined ? '' : 'AND scope = {scope: String}'}`,
    { units: unitIds },
    { from: fromWeek, to: toWeek, ...(scope && { scope: scope.name }) },
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
  const rows = createRowBinaryWriter()
  const lists = Object.entries(columns)
  const asOf = microsecondsOf(stamp.as_of)
  for (const [name, week] of weeks) {
    rows.string(name.slice(0, -'|YYYY-MM-DD'.length))
    rows.uint16(dayNumberOf(name.slice(-'YYYY-MM-DD'.length)))
    if (scope !== undefined) rows.uint8(scope.code)
    for (const [, column] of lists) writeList(rows, column, week)
    if (stamp.policy_version !== undefined) rows.string(stamp.policy_version)
    rows.whole64(asOf)
    rows.uint8(week.length === 0 ? 1 : 0)
  }
  await insertRowBinary(client, {
    table,
    columns: [
      'unit_id',
      'week',
      ...(scope === undefined ? [] : ['scope']),
      ...lists.map(([column]) => `${nested}.${column}`),
      ...(stamp.policy_version === undefined ? [] : ['policy_version']),
      'as_of',
      'is_deleted',
    ],
    rows,
    count: weeks.size,
  })
}

function writeList<T>(rows: RowBinaryWriter, column: ColumnOf<T>, entries: readonly T[]): void {
  rows.length(entries.length)
  if (column.type === 'string') for (const entry of entries) rows.string(column.read(entry))
  else for (const entry of entries) rows.float64(column.read(entry))
}
