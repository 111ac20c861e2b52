import type { WeekSignal } from '@bina/scoring/charts/judge-chart'
import type { WeekCounts } from '@bina/scoring/charts/week-chart'

/** Whole history of one unit's measure: its ended and running weeks in order, denominators above 0. */
export interface MeasureHistory {
  readonly unitId: string
  readonly measure: string
  readonly weeks: readonly WeekCounts[]
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
  readonly week: string
}

export interface SignalStore {
  history(
    unitIds: readonly string[],
    charted: readonly string[],
  ): Promise<{ readonly measures: readonly MeasureHistory[]; readonly conduct: readonly ConductHistory[] }>
  /** Writes `rows`, and takes back what stands for these units and is not among `standing` (which names the rows, too). */
  write(
    unitIds: readonly string[],
    rows: readonly SignalRow[],
    standing: readonly SignalKey[],
    stamp: { readonly policyVersion: string; readonly readAt: string },
  ): Promise<void>
}
