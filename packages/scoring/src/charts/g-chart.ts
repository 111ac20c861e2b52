import type { Counts } from '../counts.ts'
import { type ControlLimits, meanOf } from './control-limits.ts'

/**
 * Limits for the cases without an event between two events: upper limit g + 3 sqrt(g (g + 1)), lower limit 0 (Benneyan 2001). The
 * centre is the median of such gaps, not the mean: 63 % of them lie below their mean, and runs below it would be no news.
 * Undefined without a gap.
 */
export function gChartLimits(baselineGaps: readonly number[]): ControlLimits | undefined {
  if (baselineGaps.length === 0) return undefined
  const g = meanOf(baselineGaps)
  const sigma = Math.sqrt(g * (g + 1))
  const median = g > 0 ? Math.max(0, Math.ceil(Math.log(0.5) / Math.log(g / (g + 1))) - 1) : 0
  return { centre: median, lower: 0, nearLower: 0, upper: g + 3 * sigma, nearUpper: g + 2 * sigma }
}

export interface Gap {
  /** Place of the week in the list whose event closed the gap. */
  readonly at: number
  /** Cases between the event before and this one. */
  readonly cases: number
}

/**
 * Gaps between events from weekly counts (numerator: events, denominator: cases). In which order the cases of a week came is not known,
 * so its events are spread evenly over them. What lies before the first event is no gap, since nobody saw it begin.
 */
export function gapsBetween(weeks: readonly Counts[]): readonly Gap[] {
  const gaps: Gap[] = []
  let casesBefore = 0
  let last: number | undefined
  weeks.forEach(({ numerator: events, denominator: cases }, at) => {
    for (let event = 0; event < events; event++) {
      const place = casesBefore + Math.floor(((event + 0.5) * cases) / events)
      if (last !== undefined) gaps.push({ at, cases: Math.max(0, place - last - 1) })
      last = place
    }
    casesBefore += cases
  })
  return gaps
}
