import type { PlainDate } from '@bina/domain/plain-date'
import type { PlannedSession, ReportLinks } from '@bina/reporting/report-input'

/** One copy of a report, as its links are made for it. */
export interface LinkedCopy {
  /** The Monday of the reported week. */
  readonly week: PlainDate
  readonly unitId: string
  readonly recipient: string
  readonly reader: 'unit_head' | 'superior' | 'in_place_of'
  /** The unit that the reader heads: the reported one, or its parent. A coaching that is recorded as held was held by it. */
  readonly readerUnitId: string
  readonly locale: 'id' | 'en'
  /** The last day, in the city, on which an objection is taken; what the report says too. */
  readonly objectionUntil: PlainDate
  /** The step that the report suggests, with its date; absent where it suggests none. */
  readonly step?: { readonly actionCode: string; readonly dueOn: PlainDate }
  /** Agreed on, and not done yet. */
  readonly openActions?: readonly { readonly actionId: string; readonly actionCode: string }[]
  /** The coaching that is planned and not held yet, so that the same id is recorded as held, by whoever is to hold it; absent where none is. */
  readonly session?: PlannedSession
}

/** Signed addresses on the city's portal; undefined where no PUBLIC_URL or no secret is set. */
export type MakeReportLinks = (copy: LinkedCopy) => ReportLinks | undefined
