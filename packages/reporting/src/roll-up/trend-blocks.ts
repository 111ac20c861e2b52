import { isoWeekName } from '@bina/domain/week'
import type { TrendChart } from '../chart/chart.ts'
import type { ReportTrend } from '../report-input.ts'
import type { Block } from '../view-model.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** The table below a chart has the last weeks; all of them stand in the CSV. */
const TABLE_WEEKS = 6

/**
 * Shares of an area week by week, on a scale of 0 to 100: `78 dari 100`, never a percentage, since a chart cannot say of how many each
 * point is.
 */
export function trendBlocks(trends: readonly ReportTrend[], context: RollUpContext): readonly Block[] {
  return trends.flatMap((trend) => {
    const name = (context.messages.figures.names as Readonly<Record<string, string>>)[trend.of]
    const block = name === undefined ? undefined : trendBlock(trend, name, context)
    return block === undefined ? [] : [block]
  })
}

function trendBlock(trend: ReportTrend, name: string, { words, messages, formats }: RollUpContext): Block | undefined {
  const last = trend.points.findLast(({ value }) => value !== null)
  const first = trend.points[0]
  if (last === undefined || last.value === null || first === undefined) return undefined
  const ofHundred = (share: number) => share * 100
  const figure = (share: number | null) =>
    share === null ? words.trend.none : messages.scoreOutOf(formats.number(Math.round(ofHundred(share))))
  const weekLabel = (week: string) => isoWeekName(week).slice(5)
  const { limits } = trend
  const chart: TrendChart = {
    kind: 'trend',
    title: name,
    axis: { from: 0, to: 100, ticks: [0, 50, 100].map((at) => ({ at, label: formats.number(at) })) },
    points: trend.points.map(({ week, value, lower80, upper80 }) => ({
      label: weekLabel(week),
      value: value === null ? null : ofHundred(value),
      lower: lower80 === null ? null : ofHundred(lower80),
      upper: upper80 === null ? null : ofHundred(upper80),
    })),
    ...(limits === null
      ? {}
      : {
          limits: {
            centre: ofHundred(limits.centre),
            lower: ofHundred(limits.lower),
            upper: ofHundred(limits.upper),
            label: words.trend.limits,
          },
        }),
    lastLabel: formats.number(Math.round(ofHundred(last.value))),
  }
  return {
    kind: 'chart',
    id: `trend-${trend.of}`,
    chart,
    alt: words.trend.alt(
      name,
      weekLabel(first.week),
      weekLabel(trend.points.at(-1)?.week ?? first.week),
      figure(last.value),
    ),
    table: {
      caption: name,
      columns: [words.trend.weekColumn, words.trend.valueColumn],
      rows: trend.points
        .slice(-TABLE_WEEKS)
        .map(({ week, value }) => [
          weekLabel(week),
          value === null ? '' : formats.number(Math.round(ofHundred(value))),
        ]),
    },
  }
}
