import { isoWeekName } from '@bina/domain/week'
import type { TrendChart } from '../chart/chart.ts'
import type { ReportTrend } from '../report-input.ts'
import type { Block } from '../view-model.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** The table below a chart has the last weeks: more would fill a phone. */
const TABLE_WEEKS = 6

/**
 * Shares of an area week by week, on a scale of 0 to 100: `78 dari 100`, never a percentage, since a chart cannot say of how many each
 * point is. The table below it can, and has the range of each.
 */
export function trendBlocks(trends: readonly ReportTrend[], context: RollUpContext): readonly Block[] {
  return trends.flatMap((trend) => {
    const block = isCounted(trend.of, context) ? trendBlock(trend, trend.of, context) : undefined
    return block === undefined ? [] : [block]
  })
}

type Counted = keyof RollUpContext['words']['trend']['counted']

function isCounted(measure: string, { words }: RollUpContext): measure is Counted {
  return Object.hasOwn(words.trend.counted, measure)
}

function trendBlock(trend: ReportTrend, of: Counted, context: RollUpContext): Block | undefined {
  const { words, messages, formats, count } = context
  const { window } = trend
  const figure = messages.figures.names[of]
  const name = window === undefined ? figure : words.trend.caption(figure, messages.windowNames[window])
  const countText = ({ value, denominator }: Point) =>
    value === null || denominator === undefined ? '' : words.trend.counted[of](count(denominator))
  const last = trend.points.findLast(({ value }) => value !== null)
  const first = trend.points[0]
  if (last === undefined || first === undefined) return undefined
  const { points } = trend
  const chart: TrendChart = {
    kind: 'trend',
    title: figure,
    axis: { from: 0, to: 100, ticks: [0, 50, 100].map((at) => ({ at, label: formats.number(at) })) },
    points: points.map(({ week, value, lower80, upper80 }) => ({
      label: weekLabel(week),
      value: ofHundred(value),
      lower: ofHundred(lower80),
      upper: ofHundred(upper80),
    })),
    lastLabel: whole(last.value, context),
  }
  const said = [rangeText(last, context), countText(last)].filter((text) => text !== '').join(', ')
  const { week: end } = points.at(-1) ?? first
  return {
    kind: 'chart',
    id: `trend-${of}`,
    chart,
    alt: words.trend.alt(
      name,
      weekLabel(first.week),
      weekLabel(end),
      weekLabel(last.week),
      whole(last.value, context),
      said,
    ),
    table: {
      caption: name,
      columns: [words.trend.weekColumn, words.trend.valueColumn, words.trend.rangeColumn, words.trend.countColumn],
      rows: points
        .slice(-TABLE_WEEKS)
        .map((point) => [
          weekLabel(point.week),
          whole(point.value, context),
          rangeText(point, context),
          countText(point),
        ]),
    },
  }
}

type Point = ReportTrend['points'][number]

const weekLabel = (week: string) => isoWeekName(week).slice(5)
const ofHundred = (share: number | null) => (share === null ? null : share * 100)

/** Empty where there is no figure. */
function whole(share: number | null, { formats }: RollUpContext): string {
  return share === null ? '' : formats.number(Math.round(share * 100))
}

function rangeText({ lower80, upper80 }: Point, context: RollUpContext): string {
  return lower80 === null || upper80 === null ? '' : `${whole(lower80, context)}–${whole(upper80, context)}`
}
