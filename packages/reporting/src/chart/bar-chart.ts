import { scaleLinear } from 'd3-scale'
import type { BarChart } from './chart.ts'
import { chartTheme, chartWidth } from './chart-theme.ts'
import { type ChartPart, type DrawWords, lineFrom, svgDocument, titleHeight } from './svg-document.ts'
import { svgNumber } from './svg-text.ts'

const rowHeight = 56
const barHeight = 12

/** A share a row, with its name above it and its interval across its end; all have the whole as their ground. */
export function drawBars({ title, bars }: BarChart, drawWords: DrawWords): string {
  const x = scaleLinear([0, 1], [0, chartWidth]).clamp(true)
  const parts = bars.flatMap(({ label, share, lower, upper, text }, row): readonly ChartPart[] => {
    const top = titleHeight + row * rowHeight
    const barTop = top + 30
    const middle = barTop + barHeight / 2
    const bar = (width: number, colour: string) =>
      `<rect x="0" y="${barTop}" width="${svgNumber(width)}" height="${barHeight}" fill="${colour}"/>`
    return [
      { x: 0, y: top + 20, text: label, colour: chartTheme.ink },
      { x: chartWidth, y: top + 20, text, colour: chartTheme.ink, weight: 600, anchor: 'end' },
      bar(chartWidth, chartTheme.range),
      bar(x(share), chartTheme.accent),
      ...(lower === null || upper === null
        ? []
        : [
            // Twice: light where it crosses the bar, dark where it leaves it.
            lineFrom(x(lower), middle, x(share), middle, chartTheme.ground),
            lineFrom(x(share), middle, x(upper), middle, chartTheme.ink),
            lineFrom(x(upper), middle - 4, x(upper), middle + 4, chartTheme.ink),
          ]),
    ]
  })
  return svgDocument({ title, height: titleHeight + bars.length * rowHeight, parts }, drawWords)
}
