import type { ReportTrend } from '@bina/reporting/report-input'
import type { ReportFigures } from '../ports/report-figures.ts'
import { byUnit } from './by-unit.ts'
import type { ReportPeriod } from './report-period.ts'
import { chartTrend, measureTrend } from './report-trends.ts'

const pooled = ['S1', 'S2', 'S6'] as const

/** How the pooled figures of areas went: S1, S2 and S6 by thirteen weeks, and what was received of 1,000 residents by the week. */
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
  const charts = byUnit(await figures.chartWeeksOf(areaIds, { ...shown, measures: ['S12'] }))
  return (areaId) =>
    [
      ...pooled.map((measure) => measureTrend(measure, 'R13', { weeks: weeks(areaId), chart: [] }, week)),
      chartTrend('S12', charts(areaId), week),
    ].filter((trend): trend is ReportTrend => trend !== undefined)
}
