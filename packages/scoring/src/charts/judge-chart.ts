import type { PlainDate } from '@bina/domain/plain-date'
import type { Phase } from './baseline.ts'
import type { Better } from './chart-of-measure.ts'
import {
  RULES_REACH,
  RUN_LENGTHS,
  type RunLengths,
  type SignalRule,
  type SpecialCause,
  specialCauses,
} from './special-cause.ts'
import type { ChartKind, DrawnChart } from './week-chart.ts'
import type { Span } from './window-evidence.ts'

export type SignalDirection = 'improvement' | 'concern' | 'none'

/** One week of one chart. `rule` is empty where chance explains the week. `pValue` is undefined while there is too little behind it. */
export interface WeekSignal {
  readonly week: PlainDate
  readonly chart: ChartKind
  readonly value: number
  readonly centre: number
  readonly lowerLimit: number
  readonly upperLimit: number
  readonly rule: SignalRule | ''
  readonly direction: SignalDirection
  readonly pValue: number | undefined
  readonly phase: Phase
}

const PRECEDENCE: readonly SignalRule[] = ['beyond', 'trend', 'two_of_three', 'shift']

/**
 * Holds a chart against the rules: one row for each week with a point of `span`, by default for all. Where a week has several points
 * (events), the row shows the last one, and the first rule by precedence that any of them fulfils. A week that has not ended is shown
 * with its limits, and never flagged.
 */
export function judgeChart(
  chart: DrawnChart,
  better: Better,
  span: Span = [0, chart.weeks.length],
  lengths: RunLengths = RUN_LENGTHS,
): readonly WeekSignal[] {
  const { weeks, ended } = chart
  let [first, behind] = span
  while (first > 0 && weeks[first - 1] === weeks[first]) first--
  while (behind < weeks.length && weeks[behind] === weeks[behind - 1]) behind++
  const from = Math.max(0, first - RULES_REACH)
  const points = weeks.slice(from, Math.min(ended, behind + RULES_REACH)).map((_, i) => chart.point(from + i))
  const causes = specialCauses(points, lengths)
  const rows: WeekSignal[] = []
  for (let at = first; at < behind; at++) {
    const week = weeks[at] ?? ''
    if (weeks[at + 1] === week) continue
    const cause = foremost(causes.slice(first - from, at + 1 - from))
    first = at + 1
    const { value, centre, lower, upper } = points[at - from] ?? chart.point(at)
    rows.push({
      week,
      chart: chart.kind,
      value,
      centre,
      lowerLimit: lower,
      upperLimit: upper,
      rule: cause?.rule ?? '',
      direction: directionOf(cause, better),
      pValue: at < ended ? chart.pValue(at) : undefined,
      phase: chart.phase,
    })
  }
  return rows
}

function foremost(causes: readonly (SpecialCause | undefined)[]): SpecialCause | undefined {
  for (const rule of PRECEDENCE) {
    const found = causes.findLast((cause) => cause?.rule === rule)
    if (found !== undefined) return found
  }
  return undefined
}

function directionOf(cause: SpecialCause | undefined, better: Better): SignalDirection {
  if (cause === undefined || better === 'neutral') return 'none'
  return (cause.side === 1) === (better === 'higher') ? 'improvement' : 'concern'
}
