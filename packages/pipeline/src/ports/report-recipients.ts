import type { SubscriptionName } from './recipient-choices.ts'
import type { ReportName } from './report-ledger.ts'

/** Somebody beside the directory who is to get a unit's report, once they have confirmed that they want it. */
export interface AddedRecipient {
  readonly report: ReportName
  readonly unitId: string
  /** In small letters. */
  readonly recipient: string
  readonly locale: string
  /** The post that reads it, never a name. */
  readonly role: string
  /** When they were added, and asked: what they chose before that does not count. */
  readonly askedAtMs: number
}

/** What the reader of a mailbox decided last about one report of one unit. */
export interface MadeChoice {
  /** Digest of the address (`recipientDigest`). */
  readonly recipient: string
  readonly unitId: string
  readonly report: SubscriptionName
  readonly choice: 'confirmed' | 'unsubscribed'
  readonly atMs: number
}

export interface ReportRecipients {
  /** Those that were added and not removed. */
  added(): Promise<readonly AddedRecipient[]>
  choices(): Promise<readonly MadeChoice[]>
  /** Of two writes with the same report, unit and address the later stands. */
  add(recipient: AddedRecipient): Promise<void>
  remove(recipient: AddedRecipient): Promise<void>
}
