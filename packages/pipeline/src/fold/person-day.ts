import type { PlainDate } from '@bina/domain/plain-date'
import type { CheckWeights } from './check-weight.ts'
import type { Finding } from './finding.ts'

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
  readonly checkWeights: CheckWeights
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
  readonly findings: readonly Finding[]
  /** The next instant at which time alone changes the row (the end of the day); undefined when settled. */
  readonly nextChangeAtMs: number | undefined
}
