import type { WorkCalendar } from '@bina/domain/calendar'
import type { PlainDate } from '@bina/domain/plain-date'
import type { DeadlineRules } from '@bina/domain/rules'
import type { ComplaintFold } from './complaint.ts'
import type { KnownEvent } from './known-event.ts'

export interface ComplaintInput {
  readonly complaintId: string
  /** The live events of the entity `complaint|<complaintId>`, in any order. */
  readonly events: readonly KnownEvent[]
  /** Every unit that any event of the entity ever named, dead ones included. */
  readonly everNamed: readonly string[]
  /** The unit's schedule profile on a date; undefined while the directory does not know the unit. */
  readonly profileOf: (unitId: string, date: PlainDate) => string | undefined
  /** The profile of the citizen's clock. */
  readonly cityProfile: string
  readonly calendar: WorkCalendar
  readonly deadlinesOn: (date: PlainDate) => DeadlineRules
  readonly zone: string
  readonly nowMs: number
}

/** Folds one complaint's events into its row (domain.md 5.3 and 5.4, readings 2 to 13 and 22 to 25). */
export function foldComplaint(input: ComplaintInput): ComplaintFold {
  throw new Error(`complaint ${input.complaintId} is not folded yet`)
}
