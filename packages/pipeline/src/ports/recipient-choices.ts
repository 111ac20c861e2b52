import type { ReportName } from './report-ledger.ts'

/** What a recipient takes leave of: one report of the unit, or `copies`: all that its head gets as the superior of the units below. */
export type SubscriptionName = ReportName | 'copies'

/** What a recipient decides about one report, from a signed link: the link names the mailbox by its digest (`recipientDigest`). */
export interface RecipientChoice {
  readonly recipient: string
  readonly unitId: string
  readonly report: SubscriptionName
  readonly atMs: number
}

/** Where the portal writes down who wants no more mails, and who wants them. Telling a thing twice is telling it once. */
export interface RecipientChoices {
  unsubscribe(choice: RecipientChoice): Promise<void>
  confirm(choice: RecipientChoice): Promise<void>
}
