import { addDays } from '@bina/domain/plain-date'
import { assigned, received, resolved, responded, resumed, waiting } from '@bina/pipeline/fold/test-events'
import { BASELINE } from '@bina/scoring/charts/baseline'
import { MEASURE_CHARTS } from '@bina/scoring/charts/chart-of-measure'
import { judgeChart } from '@bina/scoring/charts/judge-chart'
import { drawWeeks } from '@bina/scoring/charts/week-chart'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { citizensResolved, counted, serviceOf } from './test-unit.ts'

// Waiting for the reporter again and again: each logged contact stops the unit's clock for ten working days at most (domain.md 5.4).

const opened = [received('2026-07-06 10:00'), assigned('2026-07-06 10:30', 'A')]
const fixed = [...opened, responded('2026-07-08 09:00'), resolved('2026-07-10 14:00')]
/** Due on 13 July; waited for at once, again on each morning after the ten days are over, and never done. */
const mornings = ['07-07', '07-22', '08-06', '08-24', '09-09', '09-24', '10-09', '10-26', '11-10', '11-25']
const waitedOn = [...opened, ...mornings.map((date) => waiting(`2026-${date} 09:00`))]
const askedOnce = [...opened, waiting('2026-07-08 09:00'), resumed('2026-07-09 09:00'), resolved('2026-07-10 14:00')]
const some = fc.integer({ min: 1, max: 15 })
const times = <T>(n: number, one: T): readonly T[] => Array.from({ length: n }, () => one)

describe('waiting for the reporter again and again', () => {
  it('puts off the own due, gains less than fixing, and stands in B4 in the week of the due that it cannot move', () => {
    fc.assert(
      fc.property(some, some, (done, left) => {
        const quarter = (end: typeof fixed) => [...times(done, fixed), ...times(left, end)]
        const [game, honest] = [serviceOf(quarter(waitedOn)), serviceOf(quarter(fixed))]
        expect(counted(game, 'S2'), 'no failure of the unit yet').toBe(`${done}/${done}`)
        expect(game.points).toBeLessThan(honest.points)
        expect([counted(game, 'B4'), counted(honest, 'B4')]).toEqual([`${left}/${done + left}`, `0/${done + left}`])
      }),
      { numRuns: 30 },
    )
  })

  it('never stops the citizen’s clock', () => {
    expect([citizensResolved([waitedOn]), citizensResolved([fixed])]).toEqual(['0/1', '1/1'])
  })

  it('shows in the chart of a unit that begins with it; asking here and there does not', () => {
    const share = (events: typeof fixed) => {
      const { counts } = serviceOf([events])
      return counts.B4 ?? { numerator: 0, denominator: 0 }
    }
    const week = (asked: number, waits: number) =>
      [...times(asked, askedOnce), ...times(waits, waitedOn), ...times(10 - asked - waits, fixed)]
        .map(share)
        .reduce((a, b) => ({ numerator: a.numerator + b.numerator, denominator: a.denominator + b.denominator }))
    const chartOf = (last: readonly { numerator: number; denominator: number }[]) => {
      const weeks = [...Array.from({ length: 24 }, (_, at) => week(1 + (at % 3), 0)), ...last]
      const options = { baseline: BASELINE, answerSpread: 0.28 }
      const chart = drawWeeks(
        MEASURE_CHARTS.B4,
        weeks.map((counts, at) => ({ week: addDays('2026-01-05', 7 * at), ...counts })),
        options,
      )
      return chart === undefined ? [] : judgeChart(chart, MEASURE_CHARTS.B4.better).slice(-last.length)
    }
    expect(chartOf([week(0, 8)])).toMatchObject([{ rule: 'beyond', direction: 'concern' }])
    expect(chartOf([week(2, 0)])).toMatchObject([{ rule: '', direction: 'none' }])
  })
})
