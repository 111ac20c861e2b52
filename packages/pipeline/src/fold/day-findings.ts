import type { DayFacts } from './day-facts.ts'
import type { DayFinding } from './person-day.ts'

export interface DayFindingsInput {
  readonly facts: DayFacts
  /** The unit in which the person-day counts. */
  readonly unitId: string
  /** The directory knows that unit on the date. */
  readonly unitIsKnown: boolean
  /** The calendar knows the schedule profile that is named for the person or the unit. */
  readonly profileIsKnown: boolean
  /** The date in the city, its first instant and the one after its last. */
  readonly dayStartsAtMs: number
  readonly dayEndsAtMs: number
}

const HOUR_MS = 3_600_000

/** A shift over midnight may begin or end this far outside its work date; what lies further off belongs to another day. */
const SLACK_MS = 12 * HOUR_MS

/**
 * What is wrong with one person-day's input, each kind once, at the unit in which the day counts. Every one of them is
 * counted all the same, in the one way that `DayFinding` states: nothing is thrown away, and nothing counts in silence.
 */
export function dayFindingsOf(input: DayFindingsInput): readonly DayFinding[] {
  const { facts, unitId } = input
  const { firstInMs, lastOutMs, earliestMs, latestMs } = facts.punches
  const hasBoth = firstInMs !== undefined && lastOutMs !== undefined
  const found: Readonly<Record<DayFinding['kind'], boolean>> = {
    clock_out_before_in: hasBoth && lastOutMs < firstInMs,
    clock_out_without_in: lastOutMs !== undefined && firstInMs === undefined,
    impossible_hours:
      (hasBoth && lastOutMs - firstInMs > 24 * HOUR_MS) ||
      (earliestMs !== undefined && earliestMs < input.dayStartsAtMs - SLACK_MS) ||
      (latestMs !== undefined && latestMs >= input.dayEndsAtMs + SLACK_MS),
    person_in_two_units: facts.unitIds.some((named) => named !== unitId),
    outage_declared_by_unit: facts.outageByUnit,
    unknown_unit: !input.unitIsKnown,
    unknown_profile: !input.profileIsKnown,
  }
  return KINDS.filter((kind) => found[kind]).map((kind) => ({ kind, unitId }))
}

const KINDS = [
  'clock_out_before_in',
  'clock_out_without_in',
  'impossible_hours',
  'person_in_two_units',
  'outage_declared_by_unit',
  'unknown_unit',
  'unknown_profile',
] as const satisfies readonly DayFinding['kind'][]
