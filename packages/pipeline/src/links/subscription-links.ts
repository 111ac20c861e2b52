import { addDays, dateOfDayNumber, type PlainDate } from '@bina/domain/plain-date'
import type { LinkClaim } from './link-claim.ts'
import { createMakeLink, type LinkConfig } from './make-link.ts'
import { recipientDigest } from './recipient-digest.ts'

/** What somebody reads, or is to read: the text of a unit (report '') or a roll-up of it. */
export interface Subscription {
  readonly unitId: string
  readonly report: '' | 'area' | 'city' | 'integrity'
  readonly recipient: string
  readonly locale: 'id' | 'en'
}

export interface SubscriptionLinks {
  /** Also for `List-Unsubscribe`: a POST to it, with or without the page, unsubscribes (RFC 8058). `week`: the report's Monday. */
  unsubscribe(subscription: Subscription & { readonly week: PlainDate }): string
  /** For the mail that asks whether an address that was added may be written to. */
  confirm(subscription: Subscription, askedAtMs: number): string
}

// Whoever finds an old mail may still take leave of the next ones.
const unsubscribeDays = 400
const confirmDays = 14

/** Undefined where links lead nowhere. */
export function createSubscriptionLinks(config: LinkConfig): SubscriptionLinks | undefined {
  const make = createMakeLink(config)
  if (make === undefined) return undefined
  const to = (purpose: 'unsubscribe' | 'confirm_recipient', subscription: Subscription, expiresOn: PlainDate) => {
    const { unitId, report, recipient, locale } = subscription
    const claim: LinkClaim = { purpose, locale, expiresOn, unitId, recipient: recipientDigest(recipient), report }
    return make(claim)
  }
  return {
    unsubscribe: (subscription) => to('unsubscribe', subscription, addDays(subscription.week, unsubscribeDays)),
    confirm: (subscription, askedAtMs) =>
      to('confirm_recipient', subscription, dateOfDayNumber(Math.floor(askedAtMs / 86_400_000) + confirmDays)),
  }
}
