import { dayNumberOf } from '@bina/domain/plain-date'
import type { ScoreRow } from '@bina/pipeline/ports/judged-store'
import type { BinaryRows } from './insert-row-binary.ts'
import { createRowBinaryWriter, type RowBinaryWriter } from './row-binary.ts'
import { microsecondsOf } from './server-time.ts'

/** A row of the table, whatever it says. */
export type ScoreKey = Pick<ScoreRow, 'unitId' | 'week' | 'score'>

// In the order in which the rows are written.
const columns = [
  'unit_id',
  'week',
  'score',
  'value',
  'lower80',
  'upper80',
  'confidence',
  'band',
  'terms',
  'status',
  'policy_version',
  'as_of',
  'is_deleted',
]

/** Values of the column `score`. */
const codes = { discipline: 1, service: 2 } as const

// What stands in a row that is taken back; nobody reads it.
const noScore: Omit<ScoreRow, keyof ScoreKey> = {
  value: null,
  lower80: 0,
  upper80: 0,
  confidence: '',
  band: '',
  terms: {},
  status: 'provisional',
}

/** The scores as they are to stand; those that stood and are not among them are taken back. */
export function scoreRows(
  scores: readonly ScoreRow[],
  stood: readonly ScoreKey[],
  stamp: { readonly policyVersion: string; readonly asOf: string },
): BinaryRows {
  const now = new Set(scores.map(nameOf))
  const gone = stood.filter((key) => !now.has(nameOf(key)))
  const rows = createRowBinaryWriter()
  const asOf = microsecondsOf(stamp.asOf)
  const write = (row: ScoreRow, isDeleted: 0 | 1) => {
    writeValues(rows, row)
    rows.string(stamp.policyVersion)
    rows.whole64(asOf)
    rows.uint8(isDeleted)
  }
  for (const row of scores) write(row, 0)
  for (const key of gone) write({ ...noScore, ...key }, 1)
  return { table: 'unit_week_score_store', columns, rows, count: scores.length + gone.length }
}

function writeValues(to: RowBinaryWriter, row: ScoreRow): void {
  to.string(row.unitId)
  to.uint16(dayNumberOf(row.week))
  to.uint8(codes[row.score])
  // Of a Nullable first whether it is null.
  to.uint8(row.value === null ? 1 : 0)
  if (row.value !== null) to.float64(row.value)
  to.float64(row.lower80)
  to.float64(row.upper80)
  to.string(row.confidence)
  to.string(row.band)
  const terms = Object.entries(row.terms)
  to.length(terms.length)
  for (const [term, points] of terms) {
    to.string(term)
    to.float64(points)
  }
  to.string(row.status)
}

const nameOf = ({ unitId, week, score }: ScoreKey) => `${unitId}|${week}|${score}`
