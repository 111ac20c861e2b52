import type { DurationRow } from '@bina/pipeline/ports/judged-store'

export interface DurationKey {
  readonly unit_id: string
  readonly week: string
}

interface Stamp {
  readonly policy_version: string
  readonly as_of: string
}

/** The rows of S7 as they are to stand; those that stood and are not among them are taken back. */
export function durationRows(durations: readonly DurationRow[], stood: readonly DurationKey[], stamp: Stamp) {
  const now = new Set(durations.map(({ unitId, week }) => `${unitId} ${week}`))
  const gone = stood.filter(({ unit_id, week }) => !now.has(`${unit_id} ${week}`))
  return [
    ...durations.map((row) => ({ ...valuesOf(row), ...stamp, is_deleted: 0 })),
    ...gone.map(({ unit_id, week }) => ({
      ...valuesOf({ ...nothing, unitId: unit_id, week }),
      ...stamp,
      is_deleted: 1,
    })),
  ]
}

// What stands in a row that is taken back; nobody reads it.
const nothing = { cases: 0, censored: 0, medianWorkingHours: null, p80WorkingHours: null }

const valuesOf = (row: DurationRow) => ({
  unit_id: row.unitId,
  week: row.week,
  cases: row.cases,
  censored: row.censored,
  median_working_hours: row.medianWorkingHours,
  p80_working_hours: row.p80WorkingHours,
})
