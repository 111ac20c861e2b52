import { createHash } from 'node:crypto'

export interface DeliveryIdentity {
  /** The Monday of the reported week. */
  readonly period: string
  readonly unitId: string
  readonly recipient: string
  readonly locale: string
  /** 0; each explicit resend one more. */
  readonly issue: number
  /** Which report; absent or empty for the unit's own. */
  readonly report?: string
  /** A second mail to one who had the same issue before. */
  readonly followUp?: boolean
}

/**
 * The Message-ID of one delivery, with its angle brackets. It is made from what is delivered to whom and from nothing else: a repeat after a
 * crash carries the same one and mail systems can drop it. The recipient's address cannot be read from it.
 */
export function messageIdOf(delivery: DeliveryIdentity, domain: string): string {
  const { period, unitId, recipient, locale, issue, report = '', followUp = false } = delivery
  // JSON keeps the parts apart: no two deliveries join to one text. A unit's own report has the identity that it had before there were others.
  const parts = [period, unitId, recipient.trim().toLowerCase(), locale, issue]
  const of = report === '' ? parts : [...parts, report]
  const identity = JSON.stringify(followUp ? [...of, { followUp }] : of)
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 40)
  return `<bina.${digest}@${domain.replace(/[^A-Za-z0-9.-]/g, '')}>`
}
