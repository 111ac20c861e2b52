import { isoWeekName } from '@bina/domain/week'
import type { TrendChart } from '../chart/chart.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportTrend } from '../report-input.ts'
import type { Block } from '../view-model.ts'

/** A quarter: as long as the window of the score, and still readable on a phone. */
const SHOWN_WEEKS = 13
/** Two points are a line and no course. */
const LEAST_POINTS = 3

type ChartBlock = Extract<Block, { readonly kind: 'chart' }>
/** Where the last point lies to the limits between which chance moves it; `unknown` without limits. */
export type TrendFinding = 'unknown' | 'within' | 'above' | 'below'

export interface ServiceTrend {
  readonly block: ChartBlock
  readonly finding: TrendFinding
}

/** How the service score went. Undefined while there are too few points, or none for the reported week. */
export function serviceTrend({ input, messages, formats }: ReportContext): ServiceTrend | undefined {
  const trend = input.trends.find(({ of }) => of === 'service')
  if (trend === undefined) return undefined
  const shown = trend.points.slice(-SHOWN_WEEKS)
  const known = shown.flatMap(({ week, value }) => (value === null ? [] : [{ label: weekLabel(week), value }]))
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined || known.length < LEAST_POINTS || shown.at(-1)?.value === null)
    return undefined

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
      alt: words.alt(title, first.label, whole(first.value), last.label, whole(last.value)),
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

function findingOf(value: number, limits: ReportTrend['limits']): TrendFinding {
  if (limits === null) return 'unknown'
  if (value > limits.upper) return 'above'
  return value < limits.lower ? 'below' : 'within'
}

/** `W47`: an axis and a phone have no room for the year, and thirteen weeks hold no week twice. */
function weekLabel(monday: string): string {
  return isoWeekName(monday).slice(-3)
}
