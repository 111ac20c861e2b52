import { recipientDigest } from '../links/recipient-digest.ts'
import type { SubscriptionName } from '../ports/recipient-choices.ts'
import type { AddedRecipient, MadeChoice } from '../ports/report-recipients.ts'

export interface RecipientWishes {
  /** `pending`: added, and not confirmed by who reads the mailbox; nothing is sent to it. */
  stateOf(added: AddedRecipient): 'pending' | 'confirmed' | 'unsubscribed'
  /** Whether this reader took leave of the report; the directory's own addresses are never asked about. */
  hasLeft(of: { readonly report: SubscriptionName; readonly unitId: string }, recipient: string): boolean
}

/** What the readers of mailboxes decided, by the links that they got. */
export function createRecipientWishes(choices: readonly MadeChoice[]): RecipientWishes {
  const made = new Map(choices.map((choice) => [`${choice.recipient}|${choice.unitId}|${choice.report}`, choice]))
  // A digest costs a hash, and in most cities nobody has chosen anything.
  const choiceOf = ({ report, unitId }: { report: SubscriptionName; unitId: string }, recipient: string) =>
    made.size === 0 ? undefined : made.get(`${recipientDigest(recipient)}|${unitId}|${report}`)
  return {
    stateOf: (added) => {
      const made = choiceOf(added, added.recipient)
      return made === undefined || made.atMs < added.askedAtMs ? 'pending' : made.choice
    },
    hasLeft: (of, recipient) => choiceOf(of, recipient)?.choice === 'unsubscribed',
  }
}
