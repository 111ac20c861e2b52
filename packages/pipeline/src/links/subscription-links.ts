import { addDays, dateOfDayNumber, type PlainDate } from '@bina/domain/plain-date'
import type { SubscriptionName } from '../ports/recipient-choices.ts'
import type { ReportName } from '../ports/report-ledger.ts'
import { createMakeLink, type LinkConfig } from './make-link.ts'
import { recipientDigest } from './recipient-digest.ts'

/** What somebody reads, or is to read: the text of a unit (report '') or a roll-up of it. */
export interface Subscription {
  readonly unitId: string
  readonly report: ReportName
  readonly recipient: string
  readonly locale: 'id' | 'en'
}

type Left = Omit<Subscription, 'report'> & { readonly report: SubscriptionName }

export interface SubscriptionLinks {
  /** Also for `List-Unsubscribe`: a POST to it, with or without the page, unsubscribes (RFC 8058). `week`: the report's Monday. */
  unsubscribe(subscription: Left & { readonly week: PlainDate }): string
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
  return {
    unsubscribe: ({ week, unitId, report, locale, recipient }) => {
      const of = { unitId, report, locale, recipient: recipientDigest(recipient) }
      return make({ purpose: 'unsubscribe', expiresOn: addDays(week, unsubscribeDays), ...of })
    },
    confirm: ({ unitId, report, locale, recipient }, askedAtMs) => {
      const of = { unitId, report, locale, recipient: recipientDigest(recipient) }
      const expiresOn = dateOfDayNumber(Math.floor(askedAtMs / 86_400_000) + confirmDays)
      return make({ purpose: 'confirm_recipient', expiresOn, ...of })
    },
  }
}
