import type { MeasureRow } from '@bina/pipeline/ports/judged-store'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectByNames } from './select-by-names.ts'

export interface MeasuresToWrite {
  readonly scope: 'own' | 'area'
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
  readonly measures: readonly MeasureRow[]
}

interface MeasureKey {
  readonly unit_id: string
  readonly week: string
  readonly measure: string
  readonly window: string
}

/** Makes the measures of one scope, these units and weeks exactly those given: what stood there and is not among them is taken back. */
export async function writeMeasures(
  client: ClickHouseClient,
  { scope, unitIds, fromWeek, toWeek, measures }: MeasuresToWrite,
  stamp: { readonly policy_version: string; readonly as_of: string },
): Promise<void> {
  const old = await selectByNames<MeasureKey>(
    client,
    `SELECT unit_id, toString(m.week) AS week, measure, window FROM unit_week_measure_store AS m FINAL
     WHERE unit_id IN {units: Array(String)} AND scope = {scope: String} AND m.week BETWEEN {from: Date} AND {to: Date}`,
    { units: unitIds },
    { scope, from: fromWeek, to: toWeek },
  )
  const now = new Set(measures.map((row) => nameOf(keyOf(row))))
  const gone = old.filter((key) => !now.has(nameOf(key)))
  // Rows that say nothing new are written too: their later as_of keeps out what an earlier owner may still be writing.
  await insertRows(client, 'unit_week_measure_store', [
    ...measures.map((row) => ({ ...rowOf(scope, keyOf(row), row), ...stamp, is_deleted: 0 })),
    ...gone.map((key) => ({ ...rowOf(scope, key, nothing), ...stamp, is_deleted: 1 })),
  ])
}

type Values = Pick<MeasureRow, 'numerator' | 'denominator' | 'estimate' | 'lower80' | 'upper80'>

// What stands in a row that is taken back; nobody reads it.
const nothing: Values = { numerator: 0, denominator: 0, estimate: 0, lower80: 0, upper80: 0 }

const nameOf = ({ unit_id, week, measure, window }: MeasureKey) => `${unit_id}|${week}|${measure}|${window}`
const keyOf = ({ unitId, week, measure, window }: MeasureRow): MeasureKey => ({
  unit_id: unitId,
  week,
  measure,
  window,
})

const rowOf = (scope: string, key: MeasureKey, values: Values) => ({
  unit_id: key.unit_id,
  scope,
  week: key.week,
  measure: key.measure,
  window: key.window,
  numerator: values.numerator,
  denominator: values.denominator,
  estimate: values.estimate,
  lower80: values.lower80,
  upper80: values.upper80,
})
