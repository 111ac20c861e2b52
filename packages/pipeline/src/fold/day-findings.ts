import type { PlainDate } from '@bina/domain/plain-date'
import type { DayFacts } from './day-facts.ts'
import type { Finding, FindingKind } from './finding.ts'

export interface DayFindingsInput {
  readonly facts: DayFacts
  readonly workDate: PlainDate
  /** The unit in which the person-day counts. */
  readonly unitId: string
  /** The calendar has a shift for the person on the date. */
  readonly isScheduled: boolean
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
 * counted all the same, in one way: nothing is thrown away, and nothing counts in silence.
 *
 * - `clock_out_before_in`: the last clock-out lies before the first clock-in. Both stand: late by the one, left early by
 *   the other, no full day.
 * - `clock_out_without_in`: nobody was seen to come, so the day is unexcused unless a status says otherwise (reading 15).
 * - `impossible_hours`: over 24 hours between the first in and the last out, or a clock record more than 12 hours off its
 *   work date. It stands; minutes late or early come to 1,440 at most, and lost minutes to one full day.
 * - `person_in_two_units`: an event of the day names another unit than that in which the day counts. It counts once, in
 *   the roster's unit, without a roster in that of the latest event (reading 21).
 * - `outage_declared_by_unit`: passed over, as if it had not been sent (reading 17).
 * - `day_off_set_by_unit`: a day to be worked that the unit itself took off the schedule. It stands, and so is in no measure at all, B1
 *   and B2 included: an absence told this way is seen here alone.
 * - `presence_set_by_unit`: the unit's own word that somebody was there, or was late for a reason. It stands (reading 18), and is neither
 *   a clock record of B3 nor an excuse of B2: where no check finds it out, it is seen here alone.
 * - `unknown_unit`: the directory does not know the unit on that date. The row is kept and counts in the unit's figures
 *   as soon as the directory has any entry of it; without a roster its hours are those of `office_5d`.
 * - `unknown_profile`: read as `office_5d` (reading 1).
 */
export function dayFindingsOf(input: DayFindingsInput): readonly Finding[] {
  const { facts, unitId, workDate: on } = input
  const { firstInMs, lastOutMs, earliestMs, latestMs } = facts.punches
  const ownWord = facts.status?.data.setBy === 'unit' ? facts.status.data.status : undefined
  const hasBoth = firstInMs !== undefined && lastOutMs !== undefined
  const found: Readonly<Record<DayFindingKind, boolean>> = {
    clock_out_before_in: hasBoth && lastOutMs < firstInMs,
    clock_out_without_in: lastOutMs !== undefined && firstInMs === undefined,
    impossible_hours:
      (hasBoth && lastOutMs - firstInMs > 24 * HOUR_MS) ||
      (earliestMs !== undefined && earliestMs < input.dayStartsAtMs - SLACK_MS) ||
      (latestMs !== undefined && latestMs >= input.dayEndsAtMs + SLACK_MS),
    person_in_two_units: facts.unitIds.some((named) => named !== unitId),
    outage_declared_by_unit: facts.outageByUnit,
    day_off_set_by_unit: input.isScheduled && ownWord === 'not_scheduled',
    presence_set_by_unit: input.isScheduled && ownWord === 'present',
    unknown_unit: !input.unitIsKnown,
    unknown_profile: !input.profileIsKnown,
  }
  return KINDS.filter((kind) => found[kind]).map((kind) => ({ kind, unitId, on }))
}

const KINDS = [
  'clock_out_before_in',
  'clock_out_without_in',
  'impossible_hours',
  'person_in_two_units',
  'outage_declared_by_unit',
  'day_off_set_by_unit',
  'presence_set_by_unit',
  'unknown_unit',
  'unknown_profile',
] as const satisfies readonly FindingKind[]

type DayFindingKind = (typeof KINDS)[number]
