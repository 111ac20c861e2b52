import { certaintyOf } from '../oracle/certainty.ts'
import type { OracleTables } from '../oracle/oracle.ts'
import type { TestCity } from './city.ts'

type Row = Readonly<Record<string, unknown>>

interface Comparison {
  readonly rows: number
  /** Each difference in one line; the first few are enough to see what is wrong. */
  readonly differences: readonly string[]
}

// Ours are rounded to four decimals, so that every machine stores the same.
const closeTo = 1e-4
const intervalSlack = 0.25

const keys = {
  // Of today by the server's clock: to be compared only where the calculation has the same day.
  unit: ['unit_id'],
  complaint: ['complaint_id'],
  complaint_custody: ['complaint_id', 'from_at', 'unit_id'],
  person_day: ['unit_id', 'work_date', 'person_key'],
  unit_day: ['unit_id', 'day'],
  unit_week_measure: ['unit_id', 'scope', 'week', 'measure', 'window'],
  unit_week_score: ['unit_id', 'week', 'score'],
  unit_week_duration: ['unit_id', 'week'],
} as const

type Compared = keyof typeof keys

/** Every column but `as_of`, as the independent calculation writes it: instants as ISO text, dates as dates. */
const plain = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/.test(value)
    ? `${value.replace(' ', 'T')}Z`
    : value

/** Compares one of Bina's tables with the independent calculation, column by column. Score intervals may differ by a quarter point. */
export async function compareTable(
  city: Pick<TestCity, 'rows'>,
  oracle: OracleTables,
  table: Compared,
): Promise<Comparison> {
  const ours = await city.rows<Row>(
    table === 'person_day' || table === 'unit_day' || table.startsWith('unit_week')
      ? `SELECT * FROM ${table} WHERE unit_id IN (SELECT unit_id FROM unit_version)`
      : `SELECT * FROM ${table}`,
  )
  const nameOf = (row: Row) => keys[table].map((column) => String(plain(row[column]))).join(' ')
  const found = new Map(
    ours.map((row) => [
      nameOf(row),
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
    ]),
  )
  const closed = new Map(
    oracle.complaint
      .filter(({ state }) => state !== 'open' && state !== 'waiting')
      .map((row) => [row.complaint_id, row.accountable_unit_id]),
  )
  // The calculation ends the last custody when its complaint is closed (its reading 29); Bina's lasts until somebody else is assigned.
  const isLastOfClosed = (row: Row) =>
    table === 'complaint_custody' && closed.get(String(row.complaint_id)) === row.unit_id
  const differences: string[] = []
  for (const expected of oracle[table] as readonly object[]) {
    const row = expected as Row
    const name = nameOf(row)
    const actual = found.get(name)
    found.delete(name)
    if (actual === undefined) {
      differences.push(`${table} ${name}: missing, expected ${JSON.stringify(row)}`)
      continue
    }
    for (const column of new Set([...Object.keys(row), ...Object.keys(actual)])) {
      if (column === 'as_of' || isEqual(table, column, row, actual)) continue
      if (column === 'to_at' && actual.to_at === null && isLastOfClosed(row)) continue
      differences.push(
        `${table} ${name}: ${column} is ${JSON.stringify(actual[column])}, expected ${JSON.stringify(row[column])}`,
      )
    }
  }
  for (const [name, row] of found) differences.push(`${table} ${name}: not expected: ${JSON.stringify(row)}`)
  return { rows: ours.length, differences }
}

function isEqual(table: Compared, column: string, expected: Row, actual: Row): boolean {
  // `overdue` of the view goes by the server's clock, not by the test's.
  const a = column === 'overdue' ? overdueNow(expected) : expected[column]
  const b = actual[column]
  // Of a custody that lasts they are counted when its complaint is folded, which is before the calculation looks.
  if (column === 'working_minutes' && expected.to_at === null) return Number(b) <= Number(a)
  if (table === 'unit_week_score') {
    if (column === 'lower80' || column === 'upper80') return Math.abs(Number(a) - Number(b)) <= intervalSlack
    const certain = certaintyOf(expected as unknown as Parameters<typeof certaintyOf>[0], intervalSlack)
    if ((column === 'value' || column === 'confidence' || column === 'band') && !certain[column]) return true
  }
  return same(a, b)
}

const overdueNow = ({ state, due_at }: Row) =>
  Number((state === 'open' || state === 'waiting') && Date.parse(String(due_at)) < Date.now())

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= closeTo
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const left = a as Row
    const right = b as Row
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) => same(left[name], right[name]))
  }
  return a === b
}
