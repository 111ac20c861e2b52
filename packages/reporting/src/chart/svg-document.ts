import { chartTheme, chartWidth } from './chart-theme.ts'
import { svgNumber, svgText } from './svg-text.ts'

// On a phone the picture is shown at some two thirds of its size, and 11 px are the least that can be read there.
interface TextAt {
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

export function textAt(given: TextAt) {
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

export function svgDocument(title: string, height: number, parts: readonly string[]): string {
  const { font, ground, ink } = chartTheme
  const [wide, high] = [chartWidth + 2 * margin, svgNumber(height + 2 * margin)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="${-margin} ${-margin} ${wide} ${high}" font-family="${font}">`,
    `<rect x="${-margin}" y="${-margin}" width="${wide}" height="${high}" fill="${ground}"/>`,
    textAt({ x: 0, y: 18, text: title, size: 19, colour: ink, weight: 600 }),
    ...parts,
    '</svg>',
  ].join('')
}
