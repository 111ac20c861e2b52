import type { LinkClaim, LinkPurpose } from '@bina/pipeline/links/link-claim'
import type { DeedContext, DeedKind, DeedWords } from './deeds/deed.ts'
import { type Locale, messagesFor } from './messages/messages-for.ts'
import type { PageView } from './page-view.ts'

/** The pages of one open link. */
export interface LinkPages {
  /** The question with its button; `error` where it came back. */
  ask(error?: { readonly heading: string; readonly text: string; readonly field?: string }, chosen?: string): PageView
  thanks(next: { readonly text: string; readonly url: string } | undefined): PageView
  closed(why: { readonly title: string; readonly text: string }): PageView
}

export function createLinkPages<P extends LinkPurpose>(
  kind: DeedKind<P>,
  claim: LinkClaim<P>,
  context: DeedContext,
  contact: string,
): LinkPages {
  const said: DeedWords = kind.words(claim, context)
  const { words, formats, unitName } = context
  const choice = kind.choice?.(claim, context)
  const frame = {
    locale: claim.locale,
    kicker: 'week' in claim ? words.kicker(unitName, formats.week(claim.week)) : unitName,
    contact: { words: words.contact, address: contact },
  }
  return {
    ask: (error, chosen) => ({
      ...frame,
      title: said.title,
      paragraphs: said.lead,
      ...(said.step !== undefined && { step: said.step }),
      form: {
        intent: claim.purpose,
        button: said.button,
        ...(choice !== undefined && { choice: chosen === undefined ? choice : { ...choice, chosen } }),
      },
      ...(error !== undefined && { error }),
      notes: said.notes,
    }),
    thanks: (next) => ({
      ...frame,
      title: said.thanks.title,
      paragraphs: said.thanks.text,
      ...(said.step !== undefined && { step: said.step }),
      ...(next !== undefined && { link: next }),
      notes: [],
    }),
    closed: ({ title, text }) => ({ ...frame, title, paragraphs: [text], notes: [] }),
  }
}

/** A page that belongs to no link that can be trusted. */
export function plainPage(
  locale: Locale,
  contact: string,
  said: { readonly title: string; readonly text: string },
): PageView {
  const words = messagesFor(locale)
  return {
    locale,
    title: said.title,
    paragraphs: [said.text],
    notes: [],
    contact: { words: words.contact, address: contact },
  }
}
