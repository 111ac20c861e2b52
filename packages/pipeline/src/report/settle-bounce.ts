import type { Bounce, BouncedRecipient } from '../ports/report-bounce.ts'
import type { ReportDelivery, ReportLedger } from '../ports/report-ledger.ts'
import type { Suppressions } from '../ports/report-suppressions.ts'
import { mailKey } from './mail-key.ts'

export type SettledBounce =
  /** No mail goes there any more. */
  | { readonly kind: 'suppressed'; readonly delivery: ReportDelivery; readonly status: string; readonly reason: string }
  /** It may still arrive, or has: nothing was changed. */
  | { readonly kind: 'passing'; readonly delivery: ReportDelivery; readonly status: string; readonly action: string }
  /** It is about no mail of ours, or about one to somebody else: nothing was changed. */
  | { readonly kind: 'not_ours' }

export interface SettleBounceDeps {
  readonly ledger: Pick<ReportLedger, 'deliveryOf'>
  readonly suppressions: Pick<Suppressions, 'add'>
}

const longestReason = 500

/**
 * Holds a mailbox back from which a report has come back for good. Anybody can write a notification, so it is believed only where the
 * ledger has tried a mail of that Message-ID to that very address. The same one twice changes nothing more.
 */
export async function settleBounce(bounce: Bounce, deps: SettleBounceDeps): Promise<SettledBounce> {
  const { messageId, recipients } = bounce
  const delivery = messageId === undefined ? undefined : await deps.ledger.deliveryOf(messageId)
  if (delivery === undefined || delivery.attempts === 0) return { kind: 'not_ours' }
  const key = mailKey(delivery.recipient)
  const told = recipients.filter(({ addresses }) => addresses.some((address) => mailKey(address) === key))
  const [said] = [...told.filter(isPermanent), ...told]
  if (said === undefined) return { kind: 'not_ours' }
  const { action, status, diagnostic } = said
  if (!isPermanent(said)) return { kind: 'passing', delivery, status, action }
  const reason = `came back, ${status}${diagnostic === '' ? '' : `: ${diagnostic}`}`.slice(0, longestReason)
  await deps.suppressions.add({ recipient: key, runId: delivery.runId, reason })
  return { kind: 'suppressed', delivery, status, reason }
}

const isPermanent = ({ action, status }: BouncedRecipient) => action === 'failed' && status.startsWith('5.')
