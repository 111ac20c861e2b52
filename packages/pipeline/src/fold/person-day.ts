import type { PlainDate } from '@bina/domain/plain-date'

export type DayStatus =
  | 'not_scheduled'
  | 'outage'
  | 'excused_leave'
  | 'official_duty'
  | 'flexible_work'
  | 'present'
  | 'unexcused'

export type LateClass = '' | 'TL1' | 'TL2' | 'TL3' | 'TL4'
export type EarlyClass = '' | 'PSW1' | 'PSW2' | 'PSW3' | 'PSW4'

/** One person on one date of the city, as judged from all that is known (domain.md 5.1, readings 14 to 21). */
export interface PersonDay {
  readonly unitId: string
  readonly personKey: string
  readonly workDate: PlainDate
  readonly status: DayStatus
  /** Whole minutes after the shift's start; 0 when in time or not present. */
  readonly lateMinutes: number
  /** Whole minutes before the shift's end; 91 when a clock-out is missing. */
  readonly earlyMinutes: number
  readonly lateClass: LateClass
  readonly earlyClass: EarlyClass
  readonly madeUp: boolean
  readonly retroactive: boolean
  readonly manualRecord: boolean
  /** A2's numerator: present and within tolerance, made up, or late for a documented work reason. */
  readonly onTime: boolean
  /** A3's numerator: present, no early leave, with a clock-out. */
  readonly fullDay: boolean
  /** Single clock records (in or out) of the day and how many of them were manual: B3. */
  readonly clockRecords: number
  readonly manualRecords: number
  /** A4's numerator: late and early minutes of a day present, at most a full day's work. */
  readonly lostMinutes: number
  /**
   * A working day of which a clock record or a status that counts tells. Where of five or more people of a unit none is
   * heard of, a silent terminal is likelier than an empty office (reading 21a): that is seen where unit-days are counted.
   */
  readonly heard: boolean
  /** Spot checks that count on this day (C1): confirmed, and not found or unreachable. */
  readonly checksConfirmed: number
  readonly checksFailed: number
}

/**
 * Input that cannot be true as it stands, and what is done with it all the same:
 * - `clock_out_before_in`: the last clock-out lies before the first clock-in. Both stand: late by the one, left early by
 *   the other, no full day.
 * - `clock_out_without_in`: nobody was seen to come, so the day is unexcused unless a status says otherwise (reading 15).
 * - `impossible_hours`: over 24 hours between the first in and the last out, or a clock record more than 12 hours off its
 *   work date. It stands; minutes late or early come to 1,440 at most, and lost minutes to one full day.
 * - `person_in_two_units`: an event of the day names another unit than that in which the day counts. It counts once, in
 *   the roster's unit, without a roster in that of the latest event (reading 21).
 * - `outage_declared_by_unit`: passed over, as if it had not been sent (reading 17).
 * - `unknown_unit`: the directory does not know the unit on that date. The row is kept and counts in the unit's figures
 *   as soon as the directory has any entry of it; without a roster its hours are those of `office_5d`.
 * - `unknown_profile`: read as `office_5d` (reading 1).
 */
export interface DayFinding {
  readonly kind:
    | 'clock_out_before_in'
    | 'clock_out_without_in'
    | 'impossible_hours'
    | 'person_in_two_units'
    | 'outage_declared_by_unit'
    | 'unknown_unit'
    | 'unknown_profile'
  /** Where the person-day counts, and in whose data quality the finding is to be seen. */
  readonly unitId: string
}

/** What the fold of one `day|person|date` entity says. */
export interface PersonDayFold {
  /** Absent when nothing is to be counted (yet): the day has not ended, or no event and no roster names it. */
  readonly row: PersonDay | undefined
  /**
   * Every unit that any event or roster ever named for this day, so that rows of units no longer concerned can be taken
   * back.
   */
  readonly unitsEverNamed: readonly string[]
  /** Each kind at most once, in a fixed order; empty while there is no row. */
  readonly findings: readonly DayFinding[]
  /** The next instant at which time alone changes the row (the end of the day); undefined when settled. */
  readonly nextChangeAtMs: number | undefined
}
