import { addDays } from '@bina/domain/plain-date'
import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import { assigned, excluded, rated, received, resolved, responded, verified } from '@bina/pipeline/fold/test-events'
import { BASELINE } from '@bina/scoring/charts/baseline'
import { MEASURE_CHARTS } from '@bina/scoring/charts/chart-of-measure'
import { judgeChart } from '@bina/scoring/charts/judge-chart'
import { drawWeeks } from '@bina/scoring/charts/week-chart'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counted, serviceOf } from './test-unit.ts'

// Trolls: complaints that somebody makes up, against a unit or for it (domain.md 2.4; Roa Malaka, F28).

const opened = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A')]
const fixed = [...opened, responded('2026-07-08 09:00'), resolved('2026-07-10 14:00')]
const some = fc.integer({ min: 1, max: 30 })
const times = <T>(n: number, one: T): readonly T[] => Array.from({ length: n }, () => one)

/** The rule that marks the last of these weeks on the chart of intake; 20,000 people live there. */
const markOfLast = (complaints: readonly number[]) => {
  const weeks = complaints.map((numerator, at) => ({
    week: addDays('2026-01-05', 7 * at),
    numerator,
    denominator: 20,
  }))
  const chart = drawWeeks(MEASURE_CHARTS.S12, weeks, { baseline: BASELINE, answerSpread: 0.28 })
  return chart === undefined ? '' : judgeChart(chart, MEASURE_CHARTS.S12.better).at(-1)?.rule
}
const quietYear = Array.from({ length: 26 }, (_, week) => 3 + ((week * 2) % 5))

describe('a troll', () => {
  it('costs nothing once the coordinator finds the complaint invalid, and S10 shows how many there were', () => {
    fc.assert(
      fc.property(some, some, (real, made) => {
        const invalid = [...opened, excluded('2026-07-07 09:00', 'invalid')]
        const attacked = serviceOf([...times(real, fixed), ...times(made, invalid)])
        expect(attacked.points).toBe(serviceOf(times(real, fixed)).points)
        expect(counted(attacked, 'S10')).toBe(`${made}/${real + made}`)
      }),
      { numRuns: 25 },
    )
  })

  it('costs nothing where the unit just answers what it is asked', () => {
    fc.assert(
      fc.property(some, some, (real, made) => {
        expect(serviceOf(times(real + made, fixed)).points).toBeGreaterThanOrEqual(serviceOf(times(real, fixed)).points)
      }),
      { numRuns: 25 },
    )
  })

  it('who calls the staff rude enters no conduct chart until the coordinator has verified it', () => {
    const rude = [received('2026-07-06 10:00', { category: 'rude' }), assigned('2026-07-06 10:30', 'A')]
    expect(counted(serviceOf([rude]), 'S11')).toBe('0/0')
    expect(counted(serviceOf([[...rude, verified('2026-07-07 09:00', {})]]), 'S11')).toBe('1/1')
  })

  it('who cries corruption moves no score, and neither does a rating that goes with it', () => {
    const severe: readonly KnownEvent[] = [
      received('2026-07-06 10:00', { category: 'illegal_fee' }),
      assigned('2026-07-06 10:30', 'A'),
      rated('2026-07-13 09:00', 'A', { conduct: 1 }),
    ]
    expect(serviceOf([fixed, ...times(9, severe)]).points).toBe(serviceOf([fixed]).points)
  })

  it('is a flood on the chart of intake, be it against the unit or made up by it to have much to settle', () => {
    expect(markOfLast([...quietYear, 5])).toBe('')
    expect(markOfLast([...quietYear, 25])).toBe('beyond')
  })
})

describe('turning complaints away', () => {
  it('moves no score by itself, since volume is no term', () => {
    const shares = [10, 20].map((n) => counted(serviceOf(times(n, fixed)), 'S2'))
    expect(shares).toEqual(['10/10', '20/20'])
  })

  it('is a fall on the chart of intake', () => {
    const busy = quietYear.map((complaints) => complaints + 12)
    expect(markOfLast([...busy, 16])).toBe('')
    expect(markOfLast([...busy, 1])).toBe('beyond')
  })
})
