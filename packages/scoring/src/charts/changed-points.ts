import type { PlainDate } from '@bina/domain/plain-date'
import { BASELINE, type BaselineRule } from './baseline.ts'
import { order, RULES_REACH, sideOf } from './special-cause.ts'
import type { DrawnChart } from './week-chart.ts'
import type { Span } from './window-evidence.ts'

/**
 * The points whose row may differ after the weeks from `fromWeek` to `toWeek` were counted anew: all of them where the limits can have
 * moved; else those of these weeks, those behind them that a run or a p-value reaches, and before them only a run that comes up to
 * them. A week that lost its point is among none of them.
 */
export function changedPoints(
  chart: DrawnChart,
  fromWeek: PlainDate,
  toWeek: PlainDate,
  { lockAt }: BaselineRule = BASELINE,
): Span | 'all' {
  const { weeks, ended } = chart
  const lastOfBaseline = ended < lockAt ? undefined : weeks[lockAt - 1]
  if (lastOfBaseline === undefined || fromWeek <= lastOfBaseline) return 'all'
  // Behind a gap between events lies another one that changes with it, and the evidence of both is counted in weeks.
  if (chart.kind === 'g' || chart.kind === 't') return [beginningOfRun(chart, firstFrom(weeks, fromWeek)), weeks.length]
  const behind = firstFrom(weeks, `${toWeek}~`)
  return [beginningOfRun(chart, firstFrom(weeks, fromWeek)), Math.min(weeks.length, behind + RULES_REACH)]
}

function firstFrom(weeks: readonly PlainDate[], week: PlainDate): number {
  return weeks.findLastIndex((known) => known < week) + 1
}

/** The first point that the points from `at` on can still mark: two before, for 2 of 3, or as far back as a run leads up to them. */
function beginningOfRun(chart: DrawnChart, at: number): number {
  const first = Math.max(0, at - RULES_REACH)
  const points = chart.weeks.slice(first, at).map((_, i) => chart.point(first + i))
  const back = (goesOn: (index: number) => boolean) => {
    let index = points.length - 1
    while (index > 0 && goesOn(index)) index--
    return first + Math.max(0, index)
  }
  const side = (index: number) => sideOf(points[index] ?? NOWHERE)
  const step = (index: number) => order(points[index]?.value ?? 0, points[index - 1]?.value ?? 0)
  const last = points.length - 1
  return Math.max(
    0,
    Math.min(
      at - 2,
      back((index) => side(index) !== 0 && side(index - 1) === side(index)),
      back((index) => step(index) !== 0 && step(index) === step(last)),
    ),
  )
}

const NOWHERE = { value: 0, centre: 0, lower: 0, upper: 0, nearLower: 0, nearUpper: 0 }
