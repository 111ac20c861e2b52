import type { WorkCalendar } from '@bina/domain/calendar'
import type { PlainDate } from '@bina/domain/plain-date'
import type { AttendanceRules } from '@bina/domain/rules'
import type { StaffVersion } from './directory.ts'
import type { KnownEvent } from './known-event.ts'
import type { PersonDayFold } from './person-day.ts'

export interface PersonDayInput {
  readonly personKey: string
  readonly workDate: PlainDate
  /** The live events of the entity `day|<personKey>|<workDate>`, in any order. */
  readonly events: readonly KnownEvent[]
  /** The person's live roster, in any order. */
  readonly staff: readonly StaffVersion[]
  /** Every unit that any event of the entity ever named, dead ones included. */
  readonly everNamed: readonly string[]
  /** The unit's schedule profile on a date; undefined while the directory does not know the unit. */
  readonly unitProfileOn: (unitId: string, date: PlainDate) => string | undefined
  readonly calendar: WorkCalendar
  readonly attendanceRulesOn: (date: PlainDate) => AttendanceRules
  readonly zone: string
  readonly nowMs: number
}

/** Folds one person's one date into its row (domain.md 5.1, readings 14 to 21). */
export function foldPersonDay(input: PersonDayInput): PersonDayFold {
  throw new Error(`the person-day of ${input.workDate} is not folded yet`)
}
