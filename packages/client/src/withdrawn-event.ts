import { createDraft, type EventDraft, type EventInput } from './event-draft.ts'

type Withdrawn = 'bina.event.withdrawn.v1'

/** Takes back your earlier event `withdrawnId`; `erasure` removes what it said as well. `subject` is that event's entity: its
 *  unit id, or its complaint id. */
export function eventWithdrawn(input: EventInput<Withdrawn> & { readonly subject: string }): EventDraft<Withdrawn> {
  const { subject, withdrawnId, reason, ...attributes } = input
  return createDraft('bina.event.withdrawn.v1', subject, attributes, { withdrawnId, reason })
}
