import { addDays } from '@bina/domain/plain-date'
import { BASELINE } from '@bina/scoring/charts/baseline'
import { changedPoints } from '@bina/scoring/charts/changed-points'
import { judgeChart, type WeekSignal } from '@bina/scoring/charts/judge-chart'
import { evenDistance } from '@bina/scoring/charts/laney-limits'
import { type DrawnChart, drawGaps, drawWeeks } from '@bina/scoring/charts/week-chart'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  casesBetweenSignals,
  daysBetweenSignals,
  fisher,
  type SignalPoint,
  smallestOfSpans,
  student,
  weeklySignals,
} from './oracle/signals.ts'

const options = { baseline: BASELINE, answerSpread: 0.28 }
const weekAt = (at: number) => addDays('2025-01-06', 7 * at)

const count = fc.tuple(fc.nat(12), fc.nat(12)).map(([x, rest]) => ({ x, n: x + rest + 1 }))
const level = fc.tuple(fc.integer({ min: 8, max: 12 }), fc.constantFrom(20, 20, 20, 25)).map(([x, n]) => ({ x, n }))
const run = fc
  .integer({ min: 2, max: 9 })
  .chain((length) =>
    fc
      .integer({ min: 3, max: 15 })
      .map((from) => Array.from({ length }, (_, k) => ({ x: from + (from % 2 ? k : -k % 3) * (from % 3), n: 40 }))),
  )
const series = fc
  .array(
    fc.oneof(
      count.map((one) => [one]),
      level.map((one) => [one]),
      run,
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.flat().map(({ x, n }) => ({ x: Math.max(0, x), n })))
const asWeeks = (weeks: readonly { x: number; n: number }[]) =>
  weeks.map(({ x, n }, at) => ({ week: weekAt(at), numerator: x, denominator: n }))

function sameAs(chart: DrawnChart | undefined, points: readonly SignalPoint[]) {
  const rows = chart === undefined ? [] : judgeChart(chart, 'higher')
  // Seven digits, past which the order of a sum shows.
  const figures = (...values: readonly number[]) => values.map((value) => value.toPrecision(7))
  expect(
    rows.map((row) => [row.rule, row.direction, ...figures(row.value, row.centre, row.lowerLimit, row.upperLimit)]),
  ).toEqual(
    points.map(({ rule, side, value, centre, lower, upper }) => [
      rule,
      side > 0 ? 'improvement' : side < 0 ? 'concern' : 'none',
      ...figures(value, centre, lower, upper),
    ]),
  )
}

describe('the signals of the product and those of a second calculation are the same', () => {
  test.each([
    ['xmr', { family: 'value', better: 'higher' }],
    ['p', { family: 'share', better: 'higher' }],
    ['u', { family: 'rate', better: 'higher' }],
    ['mean', { family: 'mean', better: 'higher' }],
  ] as const)('on %s charts', (kind, chart) => {
    fc.assert(
      fc.property(series, (weeks) =>
        sameAs(drawWeeks(chart, asWeeks(weeks), options), weeklySignals(kind, weeks, 0.28)),
      ),
      { seed: 20260601, numRuns: 150 },
    )
  })

  test('on g charts', () => {
    const rare = fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 0, 0, 1), fc.integer({ min: 1, max: 9 })), {
      minLength: 24,
      maxLength: 150,
    })
    const later = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 9 })), { maxLength: 20 })
    const counted = fc.tuple(rare, later).map(([first, then]) => [...first, ...then].map(([x, n]) => ({ x, n })))
    fc.assert(
      fc.property(counted, (weeks) => {
        const few = weeks.slice(0, 24)
        fc.pre(
          few.reduce((sum, { x }) => sum + Math.min(x, few.length), 0) < 24 &&
            few.reduce((sum, { x, n }) => sum + n - x, 0) >= 0,
        )
        const chart = drawWeeks({ family: 'share', rare: 'successes', better: 'higher' }, asWeeks(weeks), options)
        const points = casesBetweenSignals(weeks)
        expect(chart?.weeks.length ?? 0).toBe(points.length)
        // Each gap by itself, since a row of the table takes the first rule of its week.
        sameAs(chart && { ...chart, weeks: points.map((_, at) => weekAt(at)) }, points)
      }),
      { seed: 20260602, numRuns: 200 },
    )
  })

  test('on t charts', () => {
    const days = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(0.5), fc.integer({ min: 10, max: 14 })),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(days, (gaps) =>
        sameAs(
          drawGaps(
            gaps.map((value, at) => ({ week: weekAt(at), days: value })),
            options,
          ),
          daysBetweenSignals(gaps),
        ),
      ),
      { seed: 20260603, numRuns: 150 },
    )
  })

  test("in how likely a week is, by Fisher's and by Student's test", () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 45 }), (weeks) => {
        const chart = drawWeeks({ family: 'share', better: 'higher' }, asWeeks(weeks), options)
        const pool = (places: readonly number[]) =>
          places.reduce((sum, at) => ({ x: sum.x + (weeks[at]?.x ?? 0), n: sum.n + (weeks[at]?.n ?? 0) }), {
            x: 0,
            n: 0,
          })
        const first = pool(weeks.slice(0, 24).map((_, at) => at))
        const even = weeks.map(({ x, n }) =>
          evenDistance({ of: 'share' }, first.x / first.n, { numerator: x, denominator: n }),
        )
        const valuesAt = (places: readonly number[]) => places.map((at) => even[at] ?? Number.NaN)
        const newest = weeks.length - 1
        const other = smallestOfSpans(newest, (recent, before) =>
          Math.max(fisher(pool(recent), pool(before)), student(valuesAt(recent), valuesAt(before), 1)),
        )
        const mine = chart?.pValue(newest)
        if (other === undefined) expect(mine).toBeUndefined()
        else expect(Math.abs((mine ?? Number.NaN) - other)).toBeLessThan(1e-6 * Math.max(other, 1e-3))
      }),
      { seed: 20260604, numRuns: 100 },
    )
  })
})

test('after a week changed, came or went, the rows that are judged anew are all that differ', () => {
  const kinds = [
    { family: 'share', better: 'higher' },
    { family: 'share', rare: 'successes', better: 'higher' },
    { family: 'value', better: 'higher' },
  ] as const
  const change = fc.tuple(
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.option(count),
    fc.constantFrom(...kinds),
    fc.nat(3),
  )
  fc.assert(
    fc.property(series, change, (weeks, [share, changed, kind, span]) => {
      const at = Math.floor(share * weeks.length)
      const all = asWeeks(weeks)
      const other = changed === null ? undefined : { week: weekAt(at), numerator: changed.x, denominator: changed.n }
      const rowsOf = (points: typeof all) => {
        const chart = drawWeeks(kind, points, { ...options, runningWeek: weekAt(weeks.length - 1) })
        return { chart, rows: chart === undefined ? [] : judgeChart(chart, 'higher') }
      }
      const now = rowsOf(all.flatMap((point, i) => (i === at ? (other ?? []) : point)))
      const before = new Map(rowsOf(all).rows.map((row) => [row.week, row] as const))
      const [fromWeek, toWeek] = [weekAt(at), weekAt(at + span)]
      const places = now.chart === undefined ? 'all' : changedPoints(now.chart, fromWeek, toWeek)
      if (now.chart === undefined || places === 'all') return
      const anew = new Map<string, WeekSignal>(judgeChart(now.chart, 'higher', places).map((row) => [row.week, row]))
      // What stands afterwards: the rows of before, without those of the touched weeks, with those that were judged anew.
      const standing = [...before.values()].filter(({ week }) => (week < fromWeek || week > toWeek) && !anew.has(week))
      const merged = [...standing, ...anew.values()].sort((a, b) => (a.week < b.week ? -1 : 1))
      expect(merged).toEqual(now.rows)
    }),
    { seed: 20260605, numRuns: 300 },
  )
})
