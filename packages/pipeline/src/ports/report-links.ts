import type { ReportLinks } from '@bina/reporting/report-input'

/** One copy of a report, as its links are made for it. */
export interface LinkedCopy {
  /** The Monday of the reported week. */
  readonly week: string
  readonly unitId: string
  readonly recipient: string
  readonly reader: 'unit_head' | 'superior' | 'in_place_of'
  readonly locale: 'id' | 'en'
  /** The step that the report suggests, with its date; absent where it suggests none. */
  readonly step?: { readonly actionCode: string; readonly dueOn: string }
}

/** Signed addresses on the city's portal; undefined where no PUBLIC_URL or no secret is set. */
export type MakeReportLinks = (copy: LinkedCopy) => ReportLinks | undefined
