import type { PlainDate } from '@bina/domain/plain-date'
import type { WeekSignal } from '@bina/scoring/charts/judge-chart'
import type { WeekCounts } from '@bina/scoring/charts/week-chart'

/** Weeks of one unit's measure, its ended and its running one, in order, denominators above 0. */
export interface MeasureHistory {
  readonly unitId: string
  readonly measure: string
  /** Whole, or without weeks between the baseline and those that the asked ones can be held against. */
  readonly weeks: readonly WeekCounts[]
}

/** What of the history is wanted: to judge these weeks, as little as will do. */
export interface AskedHistory {
  readonly measures: readonly string[]
  readonly fromWeek: PlainDate
  readonly toWeek: PlainDate
  /** Charts rest on so many first points. */
  readonly baseline: number
  /** So many points before and behind the asked weeks. */
  readonly around: number
  /** Measures that are wanted whole in any case. */
  readonly wholeMeasures: readonly string[]
  /** Units of which everything is wanted whole. */
  readonly wholeUnits: readonly string[]
}

export interface ConductHistory {
  readonly unitId: string
  /** Dates of verified cases of rude, convoluted or obstructive treatment, in order; two on one day are there twice (S11). */
  readonly dates: readonly string[]
}

export interface SignalRow extends WeekSignal {
  readonly unitId: string
  readonly measure: string
}

export interface SignalKey {
  readonly unitId: string
  readonly measure: string
  readonly week: PlainDate
}

export interface WrittenSignals {
  readonly unitIds: readonly string[]
  readonly rows: readonly SignalRow[]
  readonly fromWeek: PlainDate
  readonly toWeek: PlainDate
  /** Charts of which `rows` hold every row there is. Of the others they hold all those of the weeks from `fromWeek` to `toWeek`. */
  readonly whole: readonly Omit<SignalKey, 'week'>[]
  readonly policyVersion: string
  readonly readAt: string
}

export interface SignalStore {
  history(
    unitIds: readonly string[],
    asked: AskedHistory,
  ): Promise<{ readonly measures: readonly MeasureHistory[]; readonly conduct: readonly ConductHistory[] }>
  /** Writes `rows`, and takes back what stands where they have none. */
  write(written: WrittenSignals): Promise<void>
}
