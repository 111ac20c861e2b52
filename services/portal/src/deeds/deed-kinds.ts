import type { LinkPurpose } from '@bina/pipeline/links/link-claim'
import { agree } from './agree.ts'
import type { DeedKind } from './deed.ts'
import { done } from './done.ts'
import { held } from './held.ts'
import { object } from './object.ts'
import { confirmRecipient, unsubscribe } from './subscription.ts'

/** What can be done here, by the purpose of the link. */
export const deedKinds: { readonly [P in LinkPurpose]: DeedKind<P> } = {
  agree,
  done,
  object,
  held,
  unsubscribe,
  confirm_recipient: confirmRecipient,
}
