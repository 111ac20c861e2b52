import type { MeasureRow } from '@bina/pipeline/ports/judged-store'
import type { ClickHouseClient } from './connect.ts'
import { replaceWeeks } from './week-rows.ts'

export interface MeasuresToWrite {
  readonly scope: 'own' | 'area'
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
  readonly measures: readonly MeasureRow[]
}

const columns = {
  measure: { type: 'string', read: ({ measure }: MeasureRow) => measure },
  window: { type: 'string', read: ({ window }: MeasureRow) => window },
  numerator: { type: 'float64', read: ({ numerator }: MeasureRow) => numerator },
  denominator: { type: 'float64', read: ({ denominator }: MeasureRow) => denominator },
  estimate: { type: 'float64', read: ({ estimate }: MeasureRow) => estimate },
  lower80: { type: 'float64', read: ({ lower80 }: MeasureRow) => lower80 },
  upper80: { type: 'float64', read: ({ upper80 }: MeasureRow) => upper80 },
} as const

/** Values of the column `scope`. */
const scopes = { own: 1, area: 2 } as const

/** Makes the measures of one scope, these units and weeks exactly those given. */
export const writeMeasures = (
  client: ClickHouseClient,
  { scope, measures, ...weeks }: MeasuresToWrite,
  stamp: { readonly policy_version: string; readonly as_of: string },
): Promise<void> =>
  replaceWeeks(
    client,
    { table: 'unit_week_figures_store', scope: { name: scope, code: scopes[scope] }, nested: 'figure', columns },
    weeks,
    measures,
    stamp,
  )
