import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { ReportTrend, ReportWindow } from '@bina/reporting/report-input'
import type { ChartWeek, MeasureWeeks, ScoreFigures } from '../ports/report-figures.ts'
import { WEEKS_SHOWN } from './report-period.ts'

type Point = ReportTrend['points'][number]

// A share of fewer is told in words and counts, so it makes no point either (reading 42).
const leastCases = 10
// Under so many points limits are on trial (domain.md 2.1).
const leastChartWeeks = 12
/** Charts whose points are shares, minutes or rates; those of g and t count cases and days between two. */
const valueCharts: readonly string[] = ['p_prime', 'mean_prime', 'u_prime', 'xmr']

/** How a score went; undefined while it was never shown. */
export function scoreTrend(
  of: 'service' | 'discipline',
  rows: readonly ScoreFigures[],
  week: PlainDate,
): ReportTrend | undefined {
  const points = new Map<string, Omit<Point, 'week'>>()
  for (const { score, value, lower80, upper80, week: name } of rows) {
    if (score === of && value !== null) points.set(name, { value, lower80, upper80 })
  }
  return trendOf(of, points, week, null)
}

/**
 * How a measure went. By single weeks with the limits of its chart where its weeks are large enough to be spoken of, else
 * by its window, each point of which shares most of its weeks with the next: then there are no limits.
 */
export function measureTrend(
  of: string,
  window: ReportWindow,
  given: { readonly weeks: readonly MeasureWeeks[]; readonly chart: readonly ChartWeek[] },
  week: PlainDate,
): ReportTrend | undefined {
  const ofWindow = (name: string) => given.weeks.find((row) => row.measure === of && row.window === name)
  const single = ofWindow('W1')
  const large = new Set(single?.weeks.filter((_, at) => (single.denominators[at] ?? 0) >= leastCases))
  const chart = given.chart.filter((row) => row.measure === of && valueCharts.includes(row.chart))
  const charted = chart.filter((row) => large.has(row.week))
  if (charted.length >= leastChartWeeks) {
    const points = new Map(
      charted.map((row) => [
        row.week,
        { value: row.value, lower80: null, upper80: null, ...countsOf(single, single?.weeks.indexOf(row.week) ?? -1) },
      ]),
    )
    return withWindow(trendOf(of, points, week, limitsOf(chart, week)), 'W1')
  }
  const rows = ofWindow(window)
  const points = new Map<string, Omit<Point, 'week'>>()
  for (const [at, name] of (rows?.weeks ?? []).entries()) {
    if ((rows?.denominators[at] ?? 0) < leastCases) continue
    points.set(name, {
      value: rows?.estimates[at] ?? null,
      lower80: rows?.lower80s[at] ?? null,
      upper80: rows?.upper80s[at] ?? null,
      ...countsOf(rows, at),
    })
  }
  return withWindow(trendOf(of, points, week, null), window)
}

function countsOf(rows: MeasureWeeks | undefined, at: number) {
  const [numerator, denominator] = [rows?.numerators[at], rows?.denominators[at]]
  return numerator === undefined || denominator === undefined ? {} : { numerator, denominator }
}

function limitsOf(chart: readonly ChartWeek[], week: PlainDate): ReportTrend['limits'] {
  const row = chart.find((candidate) => candidate.week === week)
  return row === undefined ? null : { centre: row.centre, lower: row.lowerLimit, upper: row.upperLimit }
}

/** Every week from the first that has a point to the reported one. */
function trendOf(
  of: string,
  known: ReadonlyMap<string, Omit<Point, 'week'>>,
  week: PlainDate,
  limits: ReportTrend['limits'],
): ReportTrend | undefined {
  const points: Point[] = []
  for (let back = WEEKS_SHOWN - 1; back >= 0; back--) {
    const name = addDays(week, -7 * back)
    const point = known.get(name)
    if (point === undefined && points.length === 0) continue
    points.push({ week: name, ...(point ?? { value: null, lower80: null, upper80: null }) })
  }
  return points.length === 0 ? undefined : { of, points, limits }
}

const withWindow = (trend: ReportTrend | undefined, window: ReportWindow): ReportTrend | undefined =>
  trend === undefined ? undefined : { ...trend, window }
