import { dateIn } from '@bina/domain/zone'
import type { LinkClaim, LinkPurpose } from '@bina/pipeline/links/link-claim'
import type { VerifyLink } from '@bina/pipeline/links/link-token'
import { createFormats } from '@bina/reporting/formats'
import type { DeedContext, DeedKind } from './deeds/deed.ts'
import { createLinkPages, type LinkPages, plainPage } from './link-pages.ts'
import { type Locale, localeAsked, messagesFor } from './messages/messages-for.ts'
import type { Answer } from './send-page.ts'

export interface OpenLinkDeps {
  readonly verify: VerifyLink
  /** Never rejects: a page without the unit's name is better than none. */
  readonly unitName: (unitId: string) => Promise<string>
  readonly stepText: (actionCode: string, locale: Locale) => string | undefined
  /** The mail address to write to where a page is of no help. */
  readonly contact: string
  readonly zone: string
  readonly clock: () => number
}

/** A link that can be used now, with its pages; or the page that says why it cannot. */
export type Opened<P extends LinkPurpose> =
  | {
      readonly kind: 'open'
      readonly link: { readonly claim: LinkClaim<P>; readonly context: DeedContext; readonly pages: LinkPages }
    }
  | ({ readonly kind: 'page' } & Answer)

interface Asked {
  readonly params: { readonly token: string }
  readonly headers: { readonly 'accept-language'?: string | undefined }
}

export function createOpenLink<P extends LinkPurpose>(purpose: P, kind: DeedKind<P>, deps: OpenLinkDeps) {
  const { contact, zone } = deps
  return async ({ params, headers }: Asked): Promise<Opened<P>> => {
    const nowMs = deps.clock()
    const verdict = deps.verify(params.token, purpose, nowMs)
    if (verdict.kind === 'preview') {
      const locale = localeAsked(headers['accept-language'])
      return { kind: 'page', status: 200, view: plainPage(locale, contact, messagesFor(locale).preview) }
    }
    if (verdict.kind === 'cut' || verdict.kind === 'foreign') {
      const locale = localeAsked(headers['accept-language'])
      const { problem } = messagesFor(locale)
      const view = plainPage(locale, contact, { title: problem.invalidTitle, text: problem[verdict.kind] })
      return { kind: 'page', status: verdict.kind === 'cut' ? 400 : 403, view }
    }
    const { claim } = verdict
    const { locale } = claim
    const words = messagesFor(locale)
    if (verdict.kind === 'expired') {
      const { expiredTitle: title, expired: text } = words.problem
      return { kind: 'page', status: 410, view: plainPage(locale, contact, { title, text }) }
    }
    const context: DeedContext = {
      words,
      formats: createFormats(locale, zone),
      zone,
      today: dateIn(zone, nowMs),
      unitName: await deps.unitName(claim.unitId),
      stepText: (code) => deps.stepText(code, locale) ?? words.unknownStep(code),
    }
    const pages = createLinkPages(kind, claim, context, contact)
    const closed = kind.closed?.(claim, context)
    if (closed !== undefined) return { kind: 'page', status: 410, view: pages.closed(closed) }
    return { kind: 'open', link: { claim, context, pages } }
  }
}
