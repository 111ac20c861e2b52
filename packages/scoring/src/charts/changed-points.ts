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
function beginningOfRun({ point }: DrawnChart, at: number): number {
  const least = Math.max(0, at - RULES_REACH)
  if (at === 0) return 0
  const last = point(at - 1)
  const side = sideOf(last)
  let [level, climb, step] = [at - 1, at - 1, 0]
  while (side !== 0 && level > least && sideOf(point(level - 1)) === side) level--
  while (climb > least) {
    const next = order(point(climb).value, point(climb - 1).value)
    if (next === 0 || (step !== 0 && next !== step)) break
    step = next
    climb--
  }
  return Math.max(0, Math.min(at - 2, level, climb))
}
