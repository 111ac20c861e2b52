import type { Chart } from '@bina/reporting/chart/chart'
import { drawChart } from '@bina/reporting/chart/draw-chart'
import { renderAsync } from '@resvg/resvg-js'
import { palettePng } from './palette-png.ts'
import { createWordOutlines } from './word-outlines.ts'

/** Screens of phones show two or three dots a pixel. */
const dotsPerPixel = 2
/** Quiet units have equal charts; so many of the latest are kept. One is some 17 kB. */
const kept = 256

/** PNG of charts. Equal charts are drawn once, also when they are asked for at the same time. */
export function createPngPrinter(): (chart: Chart) => Promise<Uint8Array> {
  const drawn = new Map<string, Promise<Uint8Array>>()
  const outlines = createWordOutlines()
  const draw = async (chart: Chart) => {
    const { width, height, pixels } = await renderAsync(drawChart(chart, outlines), {
      font: { loadSystemFonts: false },
      fitTo: { mode: 'zoom', value: dotsPerPixel },
    })
    return palettePng({ width, height, pixels })
  }
  return (chart) => {
    const key = drawChart(chart)
    const known = drawn.get(key)
    if (known !== undefined) return known
    const png = draw(chart)
    drawn.set(key, png)
    const oldest = drawn.keys().next()
    if (drawn.size > kept && !oldest.done) drawn.delete(oldest.value)
    return png
  }
}
