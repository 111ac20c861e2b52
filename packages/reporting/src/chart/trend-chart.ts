import { scaleLinear, scalePoint } from 'd3-scale'
import { line } from 'd3-shape'
import type { TrendChart, TrendPoint } from './chart.ts'
import { chartTheme, chartWidth } from './chart-theme.ts'
import { type ChartPart, type DrawWords, lineFrom, svgDocument, titleHeight } from './svg-document.ts'
import { svgNumber } from './svg-text.ts'

const plotHeight = 150
const left = 44
const right = 52
const labelHeight = 30
const height = titleHeight + plotHeight + labelHeight
/** Narrower than this, the names of two weeks run into one another. */
const labelWidth = 66

/** The figure's line over the ground on which chance alone moves it; a week without a figure is a gap, never a zero. */
export function drawTrend({ title, axis, points, limits, lastLabel }: TrendChart, drawWords: DrawWords): string {
  const plotRight = chartWidth - right
  const x = scalePoint<number>(points.keys(), [left + 8, plotRight - 8])
  const y = scaleLinear([axis.from, axis.to], [titleHeight + plotHeight, titleHeight]).clamp(true)
  const atX = (index: number) => x(index) ?? left
  const known = [...points.entries()].flatMap(([index, point]) =>
    point.value === null ? [] : [{ index, value: point.value, point }],
  )
  const path = line<readonly [number, TrendPoint]>(
    ([index]) => atX(index),
    ([, { value }]) => y(value ?? 0),
  )
    .digits(2)
    .defined(([, { value }]) => value !== null)([...points.entries()])
  const last = known.at(-1)

  const parts: readonly ChartPart[] = [
    ...(limits === undefined ? [] : drawLimits(limits, y, plotRight)),
    ...axis.ticks.flatMap((tick): readonly ChartPart[] => [
      lineFrom(left, y(tick.at), plotRight, y(tick.at), chartTheme.rule),
      { x: left - 8, y: y(tick.at) + 6, text: tick.label, anchor: 'end' },
    ]),
    ...known.flatMap(({ index, point }) =>
      point.lower === null || point.upper === null
        ? []
        : [lineFrom(atX(index), y(point.lower), atX(index), y(point.upper), chartTheme.whisker)],
    ),
    path === null
      ? ''
      : `<path d="${path}" fill="none" stroke="${chartTheme.accent}" stroke-width="2" stroke-linejoin="round"/>`,
    ...known.map(({ index, value }) => dot(atX(index), y(value), index === last?.index ? 4.5 : 2.5)),
    ...(last === undefined
      ? []
      : [
          {
            x: atX(last.index) + 9,
            y: y(last.value) + 6,
            text: lastLabel,
            size: 19,
            colour: chartTheme.ink,
            weight: 600 as const,
          },
        ]),
    ...namedPoints(points.length, (plotRight - left) / labelWidth).map((index) => ({
      x: atX(index),
      y: height - 8,
      text: points[index]?.label ?? '',
      anchor: 'middle' as const,
    })),
  ]
  return svgDocument({ title, height, parts }, drawWords)
}

function drawLimits(
  limits: NonNullable<TrendChart['limits']>,
  y: (value: number) => number,
  plotRight: number,
): readonly ChartPart[] {
  const [top, bottom] = [y(limits.upper), y(limits.lower)]
  const ground = `<rect x="${left}" y="${svgNumber(top)}" width="${plotRight - left}" height="${svgNumber(bottom - top)}" fill="${chartTheme.range}"/>`
  return [
    ground,
    ...[top, bottom].map((at) => lineFrom(left, at, plotRight, at, chartTheme.whisker, '4 3')),
    lineFrom(left, y(limits.centre), plotRight, y(limits.centre), chartTheme.whisker),
    { x: left + 4, y: labelAt(top, bottom), text: limits.label, size: 16, halo: true },
  ]
}

/** Beside the limits where there is room, since the line keeps to what lies between them. */
function labelAt(top: number, bottom: number): number {
  if (top > titleHeight + 20) return top - 5
  return bottom < titleHeight + plotHeight - 20 ? bottom + 17 : top + 18
}

function dot(x: number, y: number, radius: number): string {
  return `<circle cx="${svgNumber(x)}" cy="${svgNumber(y)}" r="${radius}" fill="${chartTheme.accent}"/>`
}

/** Which points get their name: the last one always, and as many before it as there is room for, evenly. */
function namedPoints(points: number, room: number): readonly number[] {
  const every = Math.max(1, Math.ceil(points / Math.max(1, Math.floor(room))))
  const named: number[] = []
  for (let index = points - 1; index >= 0; index -= every) named.unshift(index)
  return named
}
