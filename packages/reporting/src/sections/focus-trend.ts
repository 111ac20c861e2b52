import type { TrendChart } from '../chart/chart.ts'
import type { Focus } from '../choose-focus.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportTrend } from '../report-input.ts'
import { isRated, MINIMUM_FOR_PERCENT, meanAnswer } from '../speak-of-measure.ts'
import type { ChartBlock } from '../view-model.ts'
import { findingOf, weekLabel, weeklyCourse } from './weekly-course.ts'

/** What was counted of a week; the value and its ends on the scale of the chart. */
interface CountedPoint {
  readonly week: string
  readonly numerator: number
  readonly denominator: number
  readonly value: number | null
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * How the measure that leads the focus went, by its counts as the unit has them on record: of a hundred, or as the answers' mean. Undefined
 * where the focus has no measure, and where too few weeks have ten cases or more.
 */
export function focusTrend(context: ReportContext, focus: Focus): ChartBlock | undefined {
  const measure = leadingMeasure(focus)
  const trend = context.input.trends.find(({ of }) => of === measure)
  const { messages, formats } = context
  const words = messages.focusTrend
  const name = Object.entries(words.names).find(([id]) => id === measure)?.[1]
  if (measure === undefined || trend === undefined || name === undefined) return undefined
  const scale = scaleOf(measure, context)
  const course = weeklyCourse(trend.points.map((point) => countedPoint(point, scale)))
  if (course === undefined) return undefined

  const { shown, first, last } = course
  const limits = limitsOn(trend.limits, scale)
  const title = words.title(name, messages.windowNames[trend.window ?? 'W1'])
  const chart: TrendChart = {
    kind: 'trend',
    title,
    axis: { from: scale.from, to: scale.to, ticks: scale.ticks.map((at) => ({ at, label: formats.number(at) })) },
    points: shown.map(({ week, value, lower, upper }) => ({ label: weekLabel(week), value, lower, upper })),
    ...(limits === null ? {} : { limits: { ...limits, label: messages.trend.limitsLabel } }),
    lastLabel: scale.text(last.value),
  }
  const hasRange = shown.some(({ lower, upper }) => lower !== null && upper !== null)
  const valueColumn = [words.valueColumn(formats.number(scale.to)), ...(hasRange ? [words.rangeColumn] : [])].join('; ')
  // In one cell, as a phone has no room for a fourth column.
  const valueAndRange = ({ value, lower, upper }: CountedPoint) => [
    ...(value === null ? [] : [scale.text(value)]),
    ...(lower === null || upper === null ? [] : [`${scale.text(lower)}–${scale.text(upper)}`]),
  ]
  const outOf = (value: number) => words.outOf(scale.text(value), formats.number(scale.to))
  return {
    kind: 'chart',
    id: 'focus',
    chart,
    alt: [
      messages.trend.alt(title, weekLabel(first.week), outOf(first.value), weekLabel(last.week), outOf(last.value)),
      words.findings[findingOf(last.value, limits)],
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    table: {
      caption: [
        words.caption(title, scale.countColumn.toLowerCase(), valueColumn.toLowerCase()),
        ...(limits === null ? [] : [words.limits(scale.text(limits.lower), scale.text(limits.upper))]),
      ].join('; '),
      columns: [words.weekColumn, scale.countColumn, valueColumn],
      rows: shown.map((point) => [
        weekLabel(point.week),
        point.value === null ? '' : scale.counts(point),
        valueAndRange(point).join('; '),
      ]),
    },
  }
}

/** What the ratings of residents showed has a course of its own; reports of residents are too few for one. */
function leadingMeasure(focus: Focus): string | undefined {
  if (focus.kind === 'score') return focus.measures[0]?.measure
  return focus.signal?.measure === 'S6' ? 'S6' : undefined
}

interface Scale {
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
  readonly countColumn: string
  /** A share of 0 to 1 on the scale. */
  place(share: number): number
  text(value: number): string
  counts(point: CountedPoint): string
}

/** Ratings on the scale of the answers, 1 to 4; all else of a hundred. */
function scaleOf(measure: string, { messages, formats, count }: ReportContext): Scale {
  const words = messages.focusTrend
  if (isRated(measure))
    return {
      ...{ from: 1, to: 4, ticks: [1, 2, 3, 4], countColumn: words.ratingsColumn },
      place: (share) => meanAnswer({ numerator: share, denominator: 1 }),
      text: (value) => formats.number(value, 1),
      counts: ({ denominator }) => count(denominator).text,
    }
  return {
    ...{ from: 0, to: 100, ticks: [0, 25, 50, 75, 100], countColumn: words.countColumn },
    place: (share) => 100 * share,
    text: (value) => formats.number(Math.round(value)),
    counts: ({ numerator, denominator }) => messages.of(count(numerator), count(denominator)),
  }
}

/** Under ten there is no share and no mean (reading 42), so there is no point either. */
function countedPoint(point: ReportTrend['points'][number], scale: Scale): CountedPoint {
  const { week, lower80, upper80, numerator = 0, denominator = 0 } = point
  if (point.value === null || denominator < MINIMUM_FOR_PERCENT)
    return { week, numerator, denominator, value: null, lower: null, upper: null }
  const place = (share: number | null) => (share === null ? null : scale.place(share))
  const value = scale.place(numerator / denominator)
  return { week, numerator, denominator, value, lower: place(lower80), upper: place(upper80) }
}

/** Limits may lie beyond what can be reached at all. */
function limitsOn(limits: ReportTrend['limits'], scale: Scale): ReportTrend['limits'] {
  if (limits === null) return null
  const place = (share: number) => Math.min(scale.to, Math.max(scale.from, scale.place(share)))
  return { centre: place(limits.centre), lower: place(limits.lower), upper: place(limits.upper) }
}
