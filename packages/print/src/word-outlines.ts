import { chartTheme } from '@bina/reporting/chart/chart-theme'
import { type DrawWords, wordsAsText } from '@bina/reporting/chart/svg-document'
import { svgNumber } from '@bina/reporting/chart/svg-text'
import { Resvg } from '@resvg/resvg-js'
import { fontFiles } from './fonts.ts'

/** Weeks, figures and titles come again in chart after chart; so many of the latest are kept. One is some 3 kB. */
const kept = 2_000

/**
 * Words as the outlines of their letters, worked out once for all charts: to set them anew is a third of the work on a chart. They
 * are worked out at the origin and moved, so that a picture does not depend on the charts drawn before it.
 */
export function createWordOutlines(): DrawWords {
  const known = new Map<string, string>()
  return (words) => {
    const { x, y, ...look } = words
    const key = wordsAsText({ x: 0, y: 0, ...look })
    const outlines = known.get(key) ?? outlinesOf(key)
    // Those used last stay.
    known.delete(key)
    known.set(key, outlines)
    const oldest = known.keys().next()
    if (known.size > kept && !oldest.done) known.delete(oldest.value)
    return `<g transform="translate(${svgNumber(x)} ${svgNumber(y)})">${outlines}</g>`
  }
}

function outlinesOf(text: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" font-family="${chartTheme.font}">${text}</svg>`
  const drawn = new Resvg(svg, {
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: chartTheme.font },
  }).toString()
  const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(drawn)?.[1]
  if (inside === undefined) throw new TypeError(`no SVG came of the words ${text}`)
  // A hundredth of a pixel is as good, and half as long.
  return inside.replace(/\s*\n\s*/g, '').replace(/-?\d+\.\d+/g, (number) => svgNumber(Number(number)))
}
