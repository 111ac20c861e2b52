import type { PlainDate } from '@bina/domain/plain-date'
import type { Counts } from '../counts.ts'
import { type BaselineRule, baselineOf, type Phase, phaseOf } from './baseline.ts'
import { CASES_FOR_SHARES, type MeasureChart } from './chart-of-measure.ts'
import type { ChartPoint } from './control-limits.ts'
import { gapsBetween, gChartLimits } from './g-chart.ts'
import { evenDistance, type LaneyKind, laneyChart } from './laney-limits.ts'
import { tChartLimits } from './t-chart.ts'
import { gapTest, meanTest, rateTest, shareTest } from './tail-tests.ts'
import { windowEvidence } from './window-evidence.ts'
import { xmrLimits } from './xmr-limits.ts'

export interface WeekCounts extends Counts {
  readonly week: PlainDate
}

/** A gap of days that was closed by an event of the week. */
export interface WeekGap {
  readonly week: PlainDate
  readonly days: number
}

export type ChartKind = 'xmr' | 'p_prime' | 'u_prime' | 'mean_prime' | 'g' | 't'

/** A chart drawn: its points in order (several may lie in one week, where events make the points), and the p-value of each. */
export interface DrawnChart {
  readonly kind: ChartKind
  readonly phase: Phase
  readonly points: readonly (ChartPoint & { readonly week: PlainDate })[]
  readonly pValue: (point: number) => number | undefined
}

export interface DrawOptions {
  readonly baseline: BaselineRule
  /** Standard deviation of one respondent's mean answer. */
  readonly answerSpread: number
}

/** Draws the weeks of one measure; undefined while there is too little for limits. The weeks are in order, their denominators above 0. */
export function drawWeeks(
  chart: MeasureChart,
  weeks: readonly WeekCounts[],
  options: DrawOptions,
): DrawnChart | undefined {
  switch (chart.family) {
    case 'share': {
      const first = baselineOf(weeks, options.baseline)
      if (chart.rare !== undefined && !isEnough(first)) return drawRare(weeks, chart.rare, options)
      return drawLaney('p_prime', { of: 'share' }, weeks, options)
    }
    case 'rate':
      return drawLaney('u_prime', { of: 'rate' }, weeks, options)
    case 'mean':
      return drawLaney('mean_prime', { of: 'mean', spread: options.answerSpread }, weeks, options)
    case 'value':
      return drawValues(weeks, options)
    case 'gap':
      return undefined
    default:
      return chart satisfies never
  }
}

/** Draws the days between rare events; undefined below two gaps. */
export function drawGaps(gaps: readonly WeekGap[], options: DrawOptions): DrawnChart | undefined {
  const limits = tChartLimits(baselineOf(gaps, options.baseline).map(({ days }) => days))
  if (limits === undefined) return undefined
  const days = gaps.map((gap) => gap.days)
  return {
    kind: 't',
    phase: phaseOf(gaps, options.baseline),
    points: gaps.map(({ week, days: value }) => ({ week, value, ...limits })),
    pValue: (point) =>
      windowEvidence(point, (recent, baseline) => gapTest(days.slice(...recent), days.slice(...baseline))),
  }
}

function drawLaney(
  kind: ChartKind,
  of: LaneyKind,
  weeks: readonly WeekCounts[],
  options: DrawOptions,
): DrawnChart | undefined {
  const laney = laneyChart(baselineOf(weeks, options.baseline), of)
  if (laney === undefined) return undefined
  // Worked out only when a p-value is asked for, and once for all spans.
  let distances: readonly number[] | undefined
  return {
    kind,
    phase: phaseOf(weeks, options.baseline),
    points: weeks.map((counts) => ({
      week: counts.week,
      value: counts.numerator / counts.denominator,
      ...laney.limits(counts.denominator),
      onCentre: of.of === 'mean' ? 0 : 0.5 / counts.denominator,
    })),
    pValue: (point) => {
      distances ??= weeks.map((counts) => evenDistance(of, laney.centre, counts))
      const even = distances
      return windowEvidence(point, (recent, baseline) =>
        // The exact test holds where cases are few and by themselves, Student's where they come together: what both see is believed.
        Math.max(
          exactTest(of, weeks.slice(...recent), weeks.slice(...baseline)),
          meanTest(even.slice(...recent), even.slice(...baseline), 1),
        ),
      )
    },
  }
}

function exactTest(of: LaneyKind, recent: readonly Counts[], baseline: readonly Counts[]): number {
  switch (of.of) {
    case 'share':
      return shareTest(pooled(recent), pooled(baseline))
    case 'rate':
      return rateTest(pooled(recent), pooled(baseline))
    case 'mean':
      return 0
    default:
      return of satisfies never
  }
}

function drawValues(weeks: readonly WeekCounts[], options: DrawOptions): DrawnChart | undefined {
  const values = weeks.map(({ numerator, denominator }) => numerator / denominator)
  const limits = xmrLimits(baselineOf(values, options.baseline), { least: 0 })
  if (limits === undefined) return undefined
  const { meanMovingRange: _, ...lines } = limits
  // Minutes have a long upper tail; their roots lie near enough to a normal distribution for Student's test.
  const roots = values.map(Math.sqrt)
  return {
    kind: 'xmr',
    phase: phaseOf(weeks, options.baseline),
    points: weeks.map(({ week }, i) => ({ week, value: values[i] ?? 0, ...lines })),
    pValue: (point) =>
      windowEvidence(point, (recent, baseline) => meanTest(roots.slice(...recent), roots.slice(...baseline))),
  }
}

function drawRare(
  weeks: readonly WeekCounts[],
  rare: 'successes' | 'failures',
  options: DrawOptions,
): DrawnChart | undefined {
  const events = weeks.map(({ week, numerator, denominator }) => ({
    week,
    numerator: rare === 'successes' ? numerator : denominator - numerator,
    denominator,
  }))
  const gaps = gapsBetween(events)
  const limits = gChartLimits(baselineOf(gaps, options.baseline).map(({ cases }) => cases))
  if (limits === undefined) return undefined
  return {
    kind: 'g',
    phase: phaseOf(gaps, options.baseline),
    points: gaps.map(({ at, cases }) => ({ week: weeks[at]?.week ?? '', value: cases, ...limits })),
    pValue: (point) =>
      windowEvidence(gaps[point]?.at ?? -1, (recent, baseline) =>
        shareTest(pooled(events.slice(...recent)), pooled(events.slice(...baseline))),
      ),
  }
}

function isEnough(weeks: readonly Counts[]): boolean {
  const { numerator, denominator } = pooled(weeks)
  return Math.min(numerator, denominator - numerator) / weeks.length >= CASES_FOR_SHARES
}

function pooled(weeks: readonly Counts[]): Counts {
  let [numerator, denominator] = [0, 0]
  for (const week of weeks) {
    numerator += week.numerator
    denominator += week.denominator
  }
  return { numerator, denominator }
}
