/** No chart speaks of fewer points than this (domain.md 2.1). */
export const TRIAL_UNDER = 12

/** What the limits of a chart rest upon. */
export interface BaselineRule {
  /** The first so many points of a chart fix its limits; later points never move them. 12 or more. */
  readonly lockAt: number
}

/**
 * Half a year. Limits locked at 12 points, the least allowed, give nearly twice the false alarms (docs/measures.md, "Signals"), and what
 * is wrong at the lock stays wrong until a recorded rebasing.
 */
export const BASELINE: BaselineRule = { lockAt: 24 }

/** `trial`: each new point still moves the limits. */
export type Phase = 'trial' | 'locked'

/** The points that the limits rest upon: the first ones, from the chart's beginning or its latest recorded rebasing. */
export function baselineOf<T>(points: readonly T[], { lockAt }: BaselineRule = BASELINE): readonly T[] {
  return points.slice(0, lockAt)
}

export function phaseOf(points: number, { lockAt }: BaselineRule = BASELINE): Phase {
  return points < lockAt ? 'trial' : 'locked'
}
