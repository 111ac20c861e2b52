import type { EventToPublish } from '@bina/kafka/event-publisher'
import { orAborted } from '@bina/kafka/or-aborted'
import type { LinkClaim } from '@bina/pipeline/links/link-claim'
import type { RecipientChoice, RecipientChoices } from '@bina/pipeline/ports/recipient-choices'
import type { Deed } from './deeds/deed.ts'

export interface PerformDeps {
  /** Resolves once every in-sync replica has the events (acks=all). */
  readonly publish: (events: readonly EventToPublish[]) => Promise<void>
  readonly choices: RecipientChoices
  readonly clock: () => number
}

/** Resolves once it is kept; rejects where that is not known, and then it may be done again: a repeat changes nothing. */
export function createPerformDeed(config: { readonly timeoutMs: number }, deps: PerformDeps) {
  const keep = (claim: LinkClaim, deed: Deed): Promise<void> => {
    switch (deed.kind) {
      case 'event':
        return deps.publish([deed.event])
      case 'unsubscribe':
        return deps.choices.unsubscribe(choiceOf(claim, deps.clock()))
      case 'confirm':
        return deps.choices.confirm(choiceOf(claim, deps.clock()))
      default:
        return deed satisfies never
    }
  }
  return (claim: LinkClaim, deed: Deed): Promise<void> =>
    orAborted(keep(claim, deed), AbortSignal.timeout(config.timeoutMs))
}

function choiceOf(claim: LinkClaim, atMs: number): RecipientChoice {
  if (!('report' in claim)) throw new Error(`a link to ${claim.purpose} names no report`)
  const { recipient, unitId, report } = claim
  return { recipient, unitId, report, atMs }
}
