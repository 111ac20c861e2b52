import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { queryFile } from './query-file.ts'
import { selectRows } from './select-rows.ts'

export interface MeasuredWeekRow {
  readonly unitId: string
  readonly unitType: string
  readonly measure: string
  readonly week: string
  readonly numerator: number
  readonly denominator: number
}

/** Each unit's own weeks of these measures, up to the last one that has ended. */
export const measuredWeeks = (
  client: ClickHouseClient,
  asked: { readonly measures: readonly string[]; readonly fromWeek: string; readonly toWeek: string },
) =>
  selectRows<MeasuredWeekRow>(client, queryFile('coaching.measured_weeks'), {
    measures: asked.measures,
    from: asked.fromWeek,
    to: asked.toWeek,
  })

export interface CoachingEffectRow {
  readonly kind: string
  readonly subject: string
  readonly measure: string
  readonly coached_units: number
  readonly compared_units: number
  readonly weeks_before: number
  readonly weeks_after: number
  readonly effect: number | null
  readonly lower80: number | null
  readonly upper80: number | null
  readonly conclusion: string
  readonly reason: string
  readonly method: string
  readonly policy_version: string
  readonly through_week: string
}

export async function writeCoachingEffects(
  client: ClickHouseClient,
  rows: readonly CoachingEffectRow[],
): Promise<void> {
  await insertRows(
    client,
    'coaching_effect_store',
    rows.map((row) => ({ ...row })),
  )
}
