import { drawBars } from './bar-chart.ts'
import type { Chart } from './chart.ts'
import { type DrawWords, wordsAsText } from './svg-document.ts'
import { drawTrend } from './trend-chart.ts'

/** The picture of a chart as SVG, 536 px wide. Nothing is loaded from anywhere, and equal charts give equal text. */
export function drawChart(chart: Chart, drawWords: DrawWords = wordsAsText): string {
  switch (chart.kind) {
    case 'trend':
      return drawTrend(chart, drawWords)
    case 'bars':
      return drawBars(chart, drawWords)
    default:
      return chart satisfies never
  }
}
