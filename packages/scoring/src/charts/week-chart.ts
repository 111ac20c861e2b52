import type { PlainDate } from '@bina/domain/plain-date'
import type { Counts } from '../counts.ts'
import { type BaselineRule, baselineOf, type Phase, phaseOf } from './baseline.ts'
import { CASES_FOR_SHARES, type MeasureChart } from './chart-of-measure.ts'
import type { ChartPoint } from './control-limits.ts'
import { gapsBetween, gChartLimits } from './g-chart.ts'
import { evenDistance, type LaneyKind, laneyChart } from './laney-limits.ts'
import { spanMoments } from './span-moments.ts'
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

/**
 * A chart drawn. Points and p-values are worked out when they are asked for: of a long chart only the newest ones ever are. Limits rest
 * on ended weeks alone.
 */
export interface DrawnChart {
  readonly kind: ChartKind
  readonly phase: Phase
  /** The week of each point, in order; several may lie in one week, where events make the points. */
  readonly weeks: readonly PlainDate[]
  /** So many of the points lie in weeks that have ended; what comes after them is shown and says nothing yet. */
  readonly ended: number
  readonly point: (at: number) => ChartPoint
  readonly pValue: (at: number) => number | undefined
}

export interface DrawOptions {
  readonly baseline: BaselineRule
  /** Standard deviation of one respondent's mean answer. */
  readonly answerSpread: number
  /** The week that has not ended: a part of a week is no point. Undefined: all have. */
  readonly runningWeek?: PlainDate
}

/** Draws the weeks of one measure; undefined while there is too little for limits. The weeks are in order, their denominators above 0. */
export function drawWeeks(
  chart: MeasureChart,
  weeks: readonly WeekCounts[],
  options: DrawOptions,
): DrawnChart | undefined {
  switch (chart.family) {
    case 'share': {
      const first = baselineOf(weeks.slice(0, endedOf(weeks, options)), options.baseline)
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
  const { weeks, ended, phase, baseline } = framed(gaps, options)
  const limits = tChartLimits(baseline.map(({ days }) => days))
  if (limits === undefined) return undefined
  const days = gaps.map((gap) => gap.days)
  return {
    kind: 't',
    phase,
    weeks,
    ended,
    point: (at) => ({ value: days[at] ?? 0, ...limits }),
    pValue: (point) => windowEvidence(point, (recent, before) => gapTest(days.slice(...recent), days.slice(...before))),
  }
}

function drawLaney(
  kind: ChartKind,
  of: LaneyKind,
  weeks: readonly WeekCounts[],
  options: DrawOptions,
): DrawnChart | undefined {
  const { baseline, ...frame } = framed(weeks, options)
  const laney = laneyChart(baseline, of)
  if (laney === undefined) return undefined
  const moments = spanMoments((at) => evenDistance(of, laney.centre, weeks[at] ?? nothing))
  return {
    kind,
    ...frame,
    point: (at) => {
      const { numerator, denominator } = weeks[at] ?? nothing
      const onCentre = of.of === 'mean' ? 0 : 0.5 / denominator
      return { value: numerator / denominator, onCentre, ...laney.limits(denominator) }
    },
    pValue: (point) =>
      windowEvidence(point, (recent, before, least) => {
        // The exact test holds where cases are few and by themselves, Student's where they come together: what both see is believed.
        const together = meanTest(moments(recent), moments(before), { leastSd: 1, least })
        if (together >= least) return together
        return Math.max(together, exactTest(of, pooled(weeks, recent), pooled(weeks, before)))
      }),
  }
}

function exactTest(of: LaneyKind, recent: Counts, baseline: Counts): number {
  switch (of.of) {
    case 'share':
      return shareTest(recent, baseline)
    case 'rate':
      return rateTest(recent, baseline)
    case 'mean':
      return 0
    default:
      return of satisfies never
  }
}

function drawValues(weeks: readonly WeekCounts[], options: DrawOptions): DrawnChart | undefined {
  const { baseline, ...frame } = framed(weeks, options)
  const limits = xmrLimits(baseline.map(meanOfWeek), { least: 0 })
  if (limits === undefined) return undefined
  const { meanMovingRange: _, ...lines } = limits
  const valueAt = (at: number) => meanOfWeek(weeks[at] ?? nothing)
  // Minutes have a long upper tail; their roots lie near enough to a normal distribution for Student's test.
  const moments = spanMoments((at) => Math.sqrt(valueAt(at)))
  return {
    kind: 'xmr',
    ...frame,
    point: (at) => ({ value: valueAt(at), ...lines }),
    pValue: (point) =>
      windowEvidence(point, (recent, before, least) => meanTest(moments(recent), moments(before), { least })),
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
  const gaps = gapsBetween(events).map(({ at, cases }) => ({ at, cases, week: events[at]?.week ?? '' }))
  const { baseline, ...frame } = framed(gaps, options)
  const limits = gChartLimits(baseline.map(({ cases }) => cases))
  if (limits === undefined) return undefined
  return {
    kind: 'g',
    ...frame,
    point: (at) => ({ value: gaps[at]?.cases ?? 0, ...limits }),
    pValue: (point) =>
      windowEvidence(gaps[point]?.at ?? -1, (recent, before) =>
        shareTest(pooled(events, recent), pooled(events, before)),
      ),
  }
}

const nothing: Counts = { numerator: 0, denominator: 0 }
const meanOfWeek = ({ numerator, denominator }: Counts) => numerator / denominator

/** What every chart says of its points. */
function framed<T extends { readonly week: PlainDate }>(points: readonly T[], options: DrawOptions) {
  const ended = endedOf(points, options)
  return {
    weeks: points.map(({ week }) => week),
    ended,
    phase: phaseOf(ended, options.baseline),
    baseline: baselineOf(ended < points.length ? points.slice(0, ended) : points, options.baseline),
  }
}

function endedOf(points: readonly { readonly week: PlainDate }[], { runningWeek }: DrawOptions): number {
  if (runningWeek === undefined) return points.length
  return points.findLastIndex(({ week }) => week < runningWeek) + 1
}

function isEnough(weeks: readonly Counts[]): boolean {
  const { numerator, denominator } = pooled(weeks, [0, weeks.length])
  return Math.min(numerator, denominator - numerator) / weeks.length >= CASES_FOR_SHARES
}

function pooled(weeks: readonly Counts[], [from, to]: readonly [number, number]): Counts {
  let [numerator, denominator] = [0, 0]
  for (let at = from; at < to; at++) {
    const week = weeks[at] ?? nothing
    numerator += week.numerator
    denominator += week.denominator
  }
  return { numerator, denominator }
}
