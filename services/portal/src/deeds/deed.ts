import type { PlainDate } from '@bina/domain/plain-date'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import type { LinkClaim, LinkPurpose } from '@bina/pipeline/links/link-claim'
import type { Formats } from '@bina/reporting/formats'
import type { Messages } from '../messages/id.ts'
import type { Choice, PageView } from '../page-view.ts'

/** What a page knows beside its link. */
export interface DeedContext {
  readonly words: Messages
  readonly formats: Formats
  readonly zone: string
  /** In the city. */
  readonly today: PlainDate
  readonly unitName: string
  readonly stepText: (actionCode: string) => string
}

export interface DeedWords {
  readonly title: string
  readonly lead: readonly string[]
  readonly step?: NonNullable<PageView['step']>
  readonly button: string
  readonly notes: readonly string[]
  readonly thanks: { readonly title: string; readonly text: readonly string[] }
}

export type Deed =
  | { readonly kind: 'event'; readonly event: EventToPublish }
  | { readonly kind: 'unsubscribe' | 'confirm' }

/** What can be done with one kind of link: pure, so that a page shown, a button pressed and an event made are three functions. */
export interface DeedKind<P extends LinkPurpose> {
  readonly words: (claim: LinkClaim<P>, context: DeedContext) => DeedWords
  /** Why it can no longer be done, though the link is good. */
  readonly closed?: (
    claim: LinkClaim<P>,
    context: DeedContext,
  ) => { readonly title: string; readonly text: string } | undefined
  readonly choice?: (claim: LinkClaim<P>, context: DeedContext) => Choice
  /** `chosen` is one of the choice's values; empty where there is no choice. */
  readonly deed: (claim: LinkClaim<P>, chosen: string, context: DeedContext) => Deed
  /** What may be done next, once it is done. */
  readonly next?: (
    claim: LinkClaim<P>,
    context: DeedContext,
  ) => { readonly text: string; readonly claim: LinkClaim } | undefined
}
