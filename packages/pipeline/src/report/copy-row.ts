import type { ReportDelivery } from '../ports/report-ledger.ts'
import { mailKey } from './mail-key.ts'
import type { PlannedCopy } from './plan-copies.ts'

type RowName = Pick<ReportDelivery, 'report' | 'unitId' | 'recipient' | 'followUp'>

/** One row of a run and issue. */
export const rowKey = ({ report, unitId, recipient, followUp }: RowName): string =>
  `${report}|${unitId}|${mailKey(recipient)}${followUp ? '|follow-up' : ''}`

/**
 * The row that a copy stands in. A superior who had the copy when the post seemed to be reached gets a mail of its own once it is known
 * that the post cannot be: without it nobody would know that the report is in their hands alone.
 */
export function rowNameOf(
  { of, recipient, reader }: PlannedCopy,
  rows: { readonly get: (key: string) => Pick<ReportDelivery, 'state' | 'reader'> | undefined },
): RowName {
  const { report, unitId } = of
  const first = { report, unitId, recipient, followUp: false }
  const had = reader === 'in_place_of' ? rows.get(rowKey(first)) : undefined
  return had?.state === 'sent' && had.reader === 'superior' ? { ...first, followUp: true } : first
}
