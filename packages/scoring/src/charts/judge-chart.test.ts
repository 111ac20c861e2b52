import { addDays } from '@bina/domain/plain-date'
import { describe, expect, it } from 'vitest'
import { BASELINE } from './baseline.ts'
import { MEASURE_CHARTS } from './chart-of-measure.ts'
import { judgeChart } from './judge-chart.ts'
import { partedByRebasing, rebasingPolicySchema } from './rebasing-policy.ts'
import { drawGaps, drawWeeks } from './week-chart.ts'

const options = { baseline: BASELINE, answerSpread: 0.28 }
const weekAt = (at: number) => addDays('2026-01-05', 7 * at)
/** 48 to 52 of 60 in time, then what is given. */
const weeks = (quiet: number, ...then: number[]) =>
  [...Array.from({ length: quiet }, (_, at) => 48 + ((at * 3) % 5)), ...then].map((numerator, at) => ({
    week: weekAt(at),
    numerator,
    denominator: 60,
  }))
const rowsOf = (measure: 'A2' | 'B1' | 'S8' | 'S2', points: ReturnType<typeof weeks>) => {
  const chart = drawWeeks(MEASURE_CHARTS[measure], points, options)
  return chart ? judgeChart(chart, MEASURE_CHARTS[measure].better) : []
}

describe("a unit's weeks on their chart", () => {
  it('tell a fall as a concern where more is better, as an improvement where less is, and as neither for leave', () => {
    const points = weeks(24, 20)
    expect(rowsOf('A2', points).at(-1)).toMatchObject({ chart: 'p_prime', rule: 'beyond', direction: 'concern' })
    expect(rowsOf('S8', points).at(-1)).toMatchObject({ rule: 'beyond', direction: 'improvement' })
    expect(rowsOf('B1', points).at(-1)).toMatchObject({ rule: 'beyond', direction: 'none' })
  })

  it('rest on the first half-year: until then the limits are on trial, after it no later week moves them', () => {
    expect(new Set(rowsOf('A2', weeks(23)).map(({ phase }) => phase))).toEqual(new Set(['trial']))
    const limitsOf = (points: ReturnType<typeof weeks>) =>
      rowsOf('A2', points).map(({ centre, lowerLimit, phase }) => [centre, lowerLimit, phase])
    expect(limitsOf(weeks(24, 20, 20, 20)).slice(0, 24)).toEqual(limitsOf(weeks(24)))
    expect(limitsOf(weeks(24))[0]?.[2]).toBe('locked')
  })

  it('have no p-value before the thirteenth, and a small one after a real fall', () => {
    const p = rowsOf('A2', weeks(24, 30, 30)).map(({ pValue }) => pValue)
    expect(p.slice(0, 12)).toEqual(Array(12).fill(undefined))
    expect(p[12]).toBeGreaterThan(0.01)
    expect(p[25]).toBeLessThan(1e-5)
  })

  it('are charted by the cases between failures where failures are rare', () => {
    const rare = weeks(0, ...Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? 59 : 60)))
    const rows = rowsOf('S2', rare)
    expect(new Set(rows.map(({ chart, value }) => `${chart} ${value}`))).toEqual(new Set(['g 179']))
    expect(rows.map(({ week }) => week)).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27].map(weekAt))
  })

  it('have one row where several events came: the last gap, and the first rule that any of them fulfils', () => {
    const gaps = [...Array.from({ length: 24 }, (_, at) => ({ week: weekAt(2 * at), days: 12 + (at % 5) }))]
    const chart = drawGaps([...gaps, { week: weekAt(50), days: 0.5 }, { week: weekAt(50), days: 14 }], options)
    const last = chart && judgeChart(chart, 'higher').at(-1)
    expect(last).toMatchObject({ week: weekAt(50), value: 14, chart: 't', rule: 'beyond', direction: 'concern' })
  })
})

describe('a chart that begins anew', () => {
  const entry = {
    unit: 'u',
    measure: 'A2',
    fromWeek: '2026-01-26',
    decidedOn: '2026-02-02',
    decidedBy: 'head of Bagian Organisasi',
    reason: 'The counter opens earlier',
    document: 'Nota dinas',
  }

  it('does so from the decided week on, for that unit and measure alone, or for all measures', () => {
    const policy = rebasingPolicySchema.parse({ rebasings: [entry, { ...entry, unit: 'v', measure: 'all' }] })
    const lengths = (unit: string, measure: string) =>
      partedByRebasing(policy, unit, measure, weeks(5)).map((part) => part.length)
    expect(lengths('u', 'A2')).toEqual([3, 2])
    expect(lengths('u', 'A1')).toEqual([5])
    expect(lengths('v', 'S11')).toEqual([3, 2])
    expect(lengths('w', 'A2')).toEqual([5])
    expect(partedByRebasing(policy, 'u', 'A2', [])).toEqual([])
  })

  it.each([
    ['no Monday', { fromWeek: '2026-01-27' }],
    ['no reason', { reason: ' ' }],
    ['no document', { document: undefined }],
    ['no chart', { measure: 'A5.TL1' }],
  ])('does not with %s', (_, change) => {
    expect(rebasingPolicySchema.safeParse({ rebasings: [{ ...entry, ...change }] }).success).toBe(false)
  })

  it('does not twice in one week', () => {
    expect(rebasingPolicySchema.safeParse({ rebasings: [entry, entry] }).success).toBe(false)
  })
})
