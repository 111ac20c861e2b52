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
  measure: ({ measure }: MeasureRow) => measure,
  window: ({ window }: MeasureRow) => window,
  numerator: ({ numerator }: MeasureRow) => numerator,
  denominator: ({ denominator }: MeasureRow) => denominator,
  estimate: ({ estimate }: MeasureRow) => estimate,
  lower80: ({ lower80 }: MeasureRow) => lower80,
  upper80: ({ upper80 }: MeasureRow) => upper80,
}

/** Makes the measures of one scope, these units and weeks exactly those given. */
export const writeMeasures = (
  client: ClickHouseClient,
  { scope, measures, ...weeks }: MeasuresToWrite,
  stamp: { readonly policy_version: string; readonly as_of: string },
): Promise<void> =>
  replaceWeeks(
    client,
    { table: 'unit_week_figures_store', key: { scope }, nested: 'figure', columns },
    weeks,
    measures,
    stamp,
  )
