import { chartTheme, chartWidth } from './chart-theme.ts'
import { svgNumber, svgText } from './svg-text.ts'

// On a phone the picture is shown at some two thirds of its size, and 11 px are the least that can be read there.
export interface ChartWords {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly size?: number
  readonly colour?: string
  readonly weight?: 400 | 600
  readonly anchor?: 'start' | 'middle' | 'end'
  /** On the ground's colour, so that a line behind it does not strike it out. */
  readonly halo?: true
}

/** Words as SVG. As outlines they need no font where the picture is drawn. */
export type DrawWords = (words: ChartWords) => string
/** SVG, or words that are still to be made into it. */
export type ChartPart = string | ChartWords

/** Words as text, in the font of the document around them. */
export function wordsAsText(given: ChartWords): string {
  const { x, y, text, size = 17, colour = chartTheme.quiet, weight = 400, anchor = 'start', halo } = given
  const ground = halo === undefined ? '' : ` stroke="${chartTheme.ground}" stroke-width="5" paint-order="stroke"`
  return `<text x="${svgNumber(x)}" y="${svgNumber(y)}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}"${ground}>${svgText(text)}</text>`
}

export function lineFrom(x1: number, y1: number, x2: number, y2: number, colour: string, dashes = ''): string {
  const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`
  const [a, b, c, d] = [x1, y1, x2, y2].map(svgNumber)
  return `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" stroke="${colour}" stroke-width="1"${dashed}/>`
}

/** Around all of it, so that nothing touches the edge where a mail client shows the picture on a dark page. */
const margin = 10

/** What stands above every chart: what it shows, in words. */
export const titleHeight = 38

export function svgDocument(
  { title, height, parts }: { readonly title: string; readonly height: number; readonly parts: readonly ChartPart[] },
  drawWords: DrawWords,
): string {
  const { font, ground, ink } = chartTheme
  const [wide, high] = [chartWidth + 2 * margin, svgNumber(height + 2 * margin)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="${-margin} ${-margin} ${wide} ${high}" font-family="${font}">`,
    `<rect x="${-margin}" y="${-margin}" width="${wide}" height="${high}" fill="${ground}"/>`,
    drawWords({ x: 0, y: 18, text: title, size: 19, colour: ink, weight: 600 }),
    ...parts.map((part) => (typeof part === 'string' ? part : drawWords(part))),
    '</svg>',
  ].join('')
}
