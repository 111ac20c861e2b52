import type { Chart } from '@bina/reporting/chart/chart'
import { drawChart } from '@bina/reporting/chart/draw-chart'
import { renderAsync } from '@resvg/resvg-js'
import { fontFiles } from './fonts.ts'

/** Screens of phones show two or three dots a pixel. */
const dotsPerPixel = 2
/** Quiet units have equal charts; so many of the latest are kept. One is some 30 kB. */
const kept = 256

/** PNG of charts. Equal charts are drawn once, also when they are asked for at the same time. */
export function createPngPrinter(): (chart: Chart) => Promise<Uint8Array> {
  const drawn = new Map<string, Promise<Uint8Array>>()
  return (chart) => {
    const svg = drawChart(chart)
    const known = drawn.get(svg)
    if (known !== undefined) return known
    const png = renderAsync(svg, {
      font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'Inter' },
      fitTo: { mode: 'zoom', value: dotsPerPixel },
    }).then((image) => image.asPng())
    drawn.set(svg, png)
    const oldest = drawn.keys().next()
    if (drawn.size > kept && !oldest.done) drawn.delete(oldest.value)
    return png
  }
}
