import type { ReportTrend } from '@bina/reporting/report-input'
import type { ReportFigures } from '../ports/report-figures.ts'
import { byUnit } from './by-unit.ts'
import type { ReportPeriod } from './report-period.ts'
import { measureTrend } from './report-trends.ts'

const pooled = ['S1', 'S2', 'S6'] as const

/** How the pooled figures of areas went, by thirteen weeks. */
export async function areaTrends(
  figures: ReportFigures,
  areaIds: readonly string[],
  period: ReportPeriod,
): Promise<(areaId: string) => readonly ReportTrend[]> {
  const { week } = period
  const shown = { fromWeek: period.firstWeek, toWeek: week }
  const weeks = byUnit(
    await figures.measureWeeksOf(areaIds, { ...{ ...shown, scope: 'area', measures: pooled, windows: ['R13'] } }),
  )
  return (areaId) =>
    pooled.flatMap((measure) => measureTrend(measure, 'R13', { weeks: weeks(areaId), chart: [] }, week) ?? [])
}
