import { isoWeekName } from '@bina/domain/week'
import type { ReportTrend } from '../report-input.ts'

/** A quarter: as long as the window of the score, and still readable on a phone. */
const SHOWN_WEEKS = 13
/** Two points are a line and no course. */
const LEAST_POINTS = 3

/** Where the last point lies to the limits between which chance moves it; `unknown` without limits. */
export type TrendFinding = 'unknown' | 'within' | 'above' | 'below'

interface Point {
  readonly week: string
  /** Null where no figure may be shown. */
  readonly value: number | null
}

export interface Course<P extends Point> {
  readonly shown: readonly P[]
  readonly first: P & { readonly value: number }
  readonly last: P & { readonly value: number }
}

/** What a page shows of a trend. Undefined while there are too few points, or none for the reported week. */
export function weeklyCourse<P extends Point>(points: readonly P[]): Course<P> | undefined {
  const shown = points.slice(-SHOWN_WEEKS)
  const known = shown.filter((point): point is P & { readonly value: number } => point.value !== null)
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined || last !== shown.at(-1) || known.length < LEAST_POINTS)
    return undefined
  return { shown, first, last }
}

export function findingOf(value: number, limits: ReportTrend['limits']): TrendFinding {
  if (limits === null) return 'unknown'
  if (value > limits.upper) return 'above'
  return value < limits.lower ? 'below' : 'within'
}

/** `W47`: an axis and a phone have no room for the year, and thirteen weeks hold no week twice. */
export function weekLabel(monday: string): string {
  return isoWeekName(monday).slice(-3)
}
