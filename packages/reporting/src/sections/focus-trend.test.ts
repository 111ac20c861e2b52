import { describe, expect, test } from 'vitest'
import { conductSignal, english, fullUnit, thinData } from '../../fixtures/golden-inputs.ts'
import type { Focus } from '../choose-focus.ts'
import { chooseFocus } from '../choose-focus.ts'
import { reportContext } from '../report-context.ts'
import type { ReportInput, ReportTrend } from '../report-input.ts'
import { reportViewModel } from '../report-view-model.ts'
import { testActionLibrary } from '../test-action-library.ts'
import { focusTrend } from './focus-trend.ts'

const chartOf = (input: ReportInput, focus: Focus | undefined = chooseFocus(input)) =>
  focus === undefined ? undefined : focusTrend(reportContext(input, testActionLibrary), focus)
const trendsOf = (input: ReportInput, change: (point: ReportTrend['points'][number], at: number) => object) => ({
  ...input,
  trends: input.trends.map((trend) => ({
    ...trend,
    points: trend.points.map((point, at) => ({ ...point, ...change(point, at) })),
  })),
})
const courtesy: Focus = {
  kind: 'reported',
  key: 'convoluted',
  counts: undefined,
  signal: { measure: 'S6', rule: 'shift', direction: 'concern', weeks: 3 },
  inspected: undefined,
}
const ratings: ReportTrend = {
  of: 'S6',
  window: 'R13',
  points: ['2026-11-02', '2026-11-09', '2026-11-16'].map((week) => ({
    ...{ week, value: 0.7, lower80: 0.6, upper80: 0.8, numerator: 31.5, denominator: 42 },
  })),
  limits: null,
}

describe('how the focus went', () => {
  test('stands under its reason, in a picture, in words and in counts', () => {
    const blocks = reportViewModel(fullUnit, testActionLibrary).sections.find(({ id }) => id === 'focus')?.blocks
    expect(blocks?.map(({ kind }) => kind).slice(0, 4)).toEqual(['paragraph', 'paragraph', 'chart', 'question'])
    const chart = chartOf(fullUnit)
    expect(chart?.alt).toBe(
      'Grafik: Tuntas tepat waktu, 13 minggu per titik; 60 dari 100 pada W36, 69 dari 100 pada W47.',
    )
    expect(chart?.chart).toMatchObject({ lastLabel: '69', axis: { from: 0, to: 100 } })
    expect(chart?.table.rows).toHaveLength(13)
    expect(chart?.table.rows.at(-1)).toEqual(['W47', '9 dari 13', '69; 53–85'])
  })

  test('has the limits of its chart where its weeks are large enough, and none that cannot be reached', () => {
    const chart = chartOf(english)
    expect(chart?.chart).toMatchObject({ limits: { centre: 88, lower: 74, upper: 100, label: 'normal variation' } })
    expect(chart?.table.caption).toContain('normal variation 74 to 100')
    expect(chart?.alt).toContain('90 of 100 in W53. Within normal variation.')
    const [trend] = english.trends
    const below = {
      ...english,
      trends: trend === undefined ? [] : [{ ...trend, limits: { centre: 0.95, lower: 0.92, upper: 1 } }],
    }
    expect(chartOf(below)?.alt).toContain('Below normal variation.')
  })

  test('has a gap for each week of less than ten cases: there is no share of so few', () => {
    const chart = chartOf(fullUnit)
    expect(chart?.table.rows[0]).toEqual(['W35', '', ''])
    expect(chart?.chart).toMatchObject({
      points: expect.arrayContaining([{ label: 'W40', value: null, lower: null, upper: null }]),
    })
  })

  test('is not drawn of two points, nor without one for the reported week', () => {
    expect(chartOf(trendsOf(fullUnit, (_, at) => (at < 11 ? { denominator: 9 } : {})))).toBeUndefined()
    expect(chartOf(trendsOf(fullUnit, (_, at) => (at === 12 ? { denominator: 9 } : {})))).toBeUndefined()
    expect(chartOf({ ...fullUnit, trends: [] })).toBeUndefined()
    expect(chartOf(thinData)).toBeUndefined()
  })

  test('is told on the scale of the answers where residents were asked', () => {
    const chart = chartOf({ ...fullUnit, trends: [ratings] }, courtesy)
    expect(chart?.chart).toMatchObject({ title: 'Keramahan dan kejelasan, 13 minggu per titik', lastLabel: '3,3' })
    expect(chart?.chart).toMatchObject({ axis: { from: 1, to: 4 } })
    expect(chart?.table.columns).toEqual(['Minggu', 'Penilaian', 'Dari 4; rentang'])
    expect(chart?.table.rows.at(-1)).toEqual(['W47', '42', '3,3; 2,8–3,4'])
    expect(chart?.alt).toContain('3,3 dari 4 pada W47')
  })

  test('is not drawn of what residents reported: reports are no share of anything', () => {
    expect(chooseFocus(conductSignal)?.kind).toBe('reported')
    expect(chartOf(conductSignal)).toBeUndefined()
  })
})
