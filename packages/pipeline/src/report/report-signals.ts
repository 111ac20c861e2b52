import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { ReportSignal } from '@bina/reporting/report-input'
import type { ChartWeek } from '../ports/report-figures.ts'

/**
 * The charts whose flags are mailed: whether a promise was kept, how residents were met, who was there. With all twelve
 * looked at, a city of a hundred units would hear of some ten changes a week that are none (domain.md 2.1).
 */
export const HEADLINE_CHARTS: readonly string[] = ['S2', 'S11', 'A1']

/** How far back a flag is followed. */
export const WEEKS_OF_SIGNALS = 13

/**
 * What of one unit's charts may be spoken of in a week: a point beyond its limits at once, any other flag once it has
 * stood two weeks with the same direction. A week without a point breaks it. In the order of `measures`.
 */
export function reportSignals(
  chart: readonly ChartWeek[],
  week: PlainDate,
  measures: readonly string[] = HEADLINE_CHARTS,
): readonly ReportSignal[] {
  return measures.flatMap((measure) => {
    const stood = standingFlag(
      chart.filter((row) => row.measure === measure),
      week,
    )
    if (stood === undefined) return []
    const { rule, direction } = stood.row
    if (direction !== 'improvement' && direction !== 'concern') return []
    if (rule !== 'beyond' && stood.weeks < 2) return []
    return [{ measure, rule: rule as ReportSignal['rule'], direction, weeks: stood.weeks }]
  })
}

/** The flag of this week on one chart, and for how many weeks in a row, this one included, its direction has stood. */
export function standingFlag(
  chart: readonly ChartWeek[],
  week: PlainDate,
): { readonly row: ChartWeek; readonly weeks: number } | undefined {
  const at = (name: PlainDate) => chart.find((row) => row.week === name && row.rule !== '')
  const row = at(week)
  if (row === undefined) return undefined
  let weeks = 1
  while (at(addDays(week, -7 * weeks))?.direction === row.direction) weeks++
  return { row, weeks }
}
