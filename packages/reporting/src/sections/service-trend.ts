import type { TrendChart } from '../chart/chart.ts'
import type { ReportContext } from '../report-context.ts'
import type { ChartBlock } from '../view-model.ts'
import { findingOf, type TrendFinding, weekLabel, weeklyCourse } from './weekly-course.ts'

export interface ServiceTrend {
  readonly block: ChartBlock
  readonly finding: TrendFinding
}

/** How the service score went. Undefined while there are too few points, or none for the reported week. */
export function serviceTrend({ input, messages, formats }: ReportContext): ServiceTrend | undefined {
  const trend = input.trends.find(({ of }) => of === 'service')
  if (trend === undefined) return undefined
  const course = weeklyCourse(trend.points)
  if (course === undefined) return undefined

  const { shown, first, last } = course
  const words = messages.trend
  const whole = (value: number) => formats.number(Math.round(value))
  const finding = findingOf(last.value, trend.limits)
  const title = words.titles[finding]
  const { limits } = trend
  const chart: TrendChart = {
    kind: 'trend',
    title,
    axis: { from: 0, to: 100, ticks: [0, 25, 50, 75, 100].map((at) => ({ at, label: whole(at) })) },
    points: shown.map(({ week, value, lower80, upper80 }) => ({
      label: weekLabel(week),
      value,
      lower: value === null ? null : lower80,
      upper: value === null ? null : upper80,
    })),
    ...(limits === null ? {} : { limits: { ...limits, label: words.limitsLabel } }),
    lastLabel: whole(last.value),
  }
  const range = (lower: number | null, upper: number | null) =>
    lower === null || upper === null ? '' : `${whole(lower)}–${whole(upper)}`
  return {
    finding,
    block: {
      kind: 'chart',
      id: 'service',
      chart,
      alt: words.alt(title, weekLabel(first.week), whole(first.value), weekLabel(last.week), whole(last.value)),
      table: {
        caption: limits === null ? words.caption : words.captionWithLimits(whole(limits.lower), whole(limits.upper)),
        columns: words.columns,
        rows: shown.map(({ week, value, lower80, upper80 }) =>
          value === null ? [weekLabel(week), '', ''] : [weekLabel(week), whole(value), range(lower80, upper80)],
        ),
      },
    },
  }
}
