import type { PlainDate } from '@bina/domain/plain-date'
import type { Phase } from './baseline.ts'
import type { Better } from './chart-of-measure.ts'
import { RUN_LENGTHS, type RunLengths, type SignalRule, type SpecialCause, specialCauses } from './special-cause.ts'
import type { ChartKind, DrawnChart } from './week-chart.ts'

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
 * Holds a chart against the rules: one row for each of its weeks for which `wanted` holds. Where a week has several points (events), the row shows
 * the last one, and the first rule by precedence that any of them fulfils.
 */
export function judgeChart(
  chart: DrawnChart,
  better: Better,
  wanted: (week: PlainDate) => boolean = () => true,
  lengths: RunLengths = RUN_LENGTHS,
): readonly WeekSignal[] {
  const causes = specialCauses(chart.points, lengths)
  const rows: WeekSignal[] = []
  let first = 0
  chart.points.forEach(({ week, value, centre, lower, upper }, at) => {
    if (chart.points[at + 1]?.week === week) return
    const cause = foremost(causes.slice(first, at + 1))
    first = at + 1
    if (!wanted(week)) return
    rows.push({
      week,
      chart: chart.kind,
      value,
      centre,
      lowerLimit: lower,
      upperLimit: upper,
      rule: cause?.rule ?? '',
      direction: directionOf(cause, better),
      pValue: chart.pValue(at),
      phase: chart.phase,
    })
  })
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
