import { describe, expect, it } from 'vitest'
import type { BarChart, TrendChart } from './chart.ts'
import { drawChart } from './draw-chart.ts'

const week = (label: string, value: number | null) => ({
  label,
  value,
  lower: value === null ? null : value - 10,
  upper: value === null ? null : value + 10,
})
const trend: TrendChart = {
  kind: 'trend',
  title: 'Skor layanan',
  axis: { from: 0, to: 100, ticks: [0, 50, 100].map((at) => ({ at, label: String(at) })) },
  points: [week('M45', 60), week('M46', 70), week('M47', 66)],
  lastLabel: '66',
}
const bars: BarChart = {
  kind: 'bars',
  title: 'Kota',
  bars: [{ label: 'Ditanggapi tepat waktu', share: 0.75, lower: 0.6, upper: 0.85, text: '9 dari 12' }],
}
const count = (text: string, part: RegExp) => [...text.matchAll(part)].length

describe('the picture of a chart', () => {
  it('is the same text for the same figures', () => {
    expect(drawChart(trend)).toBe(drawChart(structuredClone(trend)))
    expect(drawChart(bars)).toBe(drawChart(structuredClone(bars)))
  })

  it('has a dot and an interval for each week of which a figure may be shown, and a gap for the others', () => {
    const whole = drawChart(trend)
    const gap = drawChart({ ...trend, points: [week('M45', 60), week('M46', null), week('M47', 66)] })
    expect(count(whole, /<circle /g)).toBe(3)
    expect(count(gap, /<circle /g)).toBe(2)
    expect(count(whole, / d="M[^M]*"/g)).toBe(1)
    expect(gap).toMatch(/ d="M[^"]*M[^"]*"/)
  })

  it('of a unit without a single figure has its axis and no line', () => {
    const empty = drawChart({ ...trend, points: [week('M46', null), week('M47', null)], lastLabel: '' })
    expect(count(empty, /<circle /g)).toBe(0)
    expect(empty).not.toContain('<path')
    expect(empty).toContain('>100<')
  })

  it('shows between which limits chance alone moves the figure, where they are known', () => {
    const limits = { centre: 65, lower: 50, upper: 80, label: 'variasi wajar' }
    expect(drawChart({ ...trend, limits })).toContain('variasi wajar')
    expect(count(drawChart({ ...trend, limits }), /stroke-dasharray/g)).toBe(2)
    expect(drawChart(trend)).not.toContain('stroke-dasharray')
  })

  it('names the last week of a long row, and no two names run into one another', () => {
    const points = Array.from({ length: 26 }, (_, at) => week(`M${at + 22}`, 60))
    const places = [...drawChart({ ...trend, points }).matchAll(/<text x="([\d.]+)"[^>]*>(M\d+)</g)]
    expect(places.at(-1)?.[2]).toBe('M47')
    const at = places.map(([, x]) => Number(x))
    expect(at.length).toBeGreaterThan(3)
    for (const [index, x] of at.slice(1).entries()) expect(x - (at[index] ?? 0)).toBeGreaterThan(60)
  })

  it('takes a name for text, whatever it looks like', () => {
    const svg = drawChart({ ...trend, title: '</text><script>alert("1")</script>\u0000&' })
    expect(svg).not.toContain('<script')
    expect(svg).not.toContain('\u0000')
    expect(svg).toContain('&#60;script&#62;')
  })

  it('keeps a figure beyond the axis inside the picture', () => {
    const ys = [...drawChart({ ...trend, points: [week('M47', 400)] }).matchAll(/c?y\d?="(-?[\d.]+)"/g)].map(([, y]) =>
      Number(y),
    )
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(-10)
  })

  it('of shares stands in the order given and says each count', () => {
    const two = drawChart({
      ...bars,
      bars: [{ label: 'Z', share: 0.1, lower: null, upper: null, text: '1 dari 10' }, ...bars.bars],
    })
    expect(two.indexOf('1 dari 10')).toBeLessThan(two.indexOf('9 dari 12'))
    expect(two).toContain('width="402"')
  })
})
