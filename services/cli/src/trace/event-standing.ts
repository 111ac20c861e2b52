import { identityOf } from '@bina/pipeline/fold/event-order'
import type { Revision } from '@bina/pipeline/fold/live-events'
import { standing } from '@bina/pipeline/fold/standing'

export interface Reviser {
  readonly id: string
  readonly does: 'supersedes' | 'withdraws'
  readonly occurredAtMs: number
  /** False when it was itself taken back: then it does nothing. */
  readonly counts: boolean
}

export interface EventStanding {
  readonly fate: 'stored' | 'superseded' | 'withdrawn'
  readonly revisers: readonly Reviser[]
}

/** Whether an event stands, and what the events that name it do to it. `others` are all that revise it, directly or not. */
export function eventStanding(event: Revision, others: readonly Revision[]): EventStanding {
  const stands = standing([event, ...others])
  const holds = (revision: Revision) => stands.has(identityOf(revision))
  // A superseded event still supersedes its own predecessor; a withdrawn one is as if never sent.
  const isWithdrawn = (revision: Revision) => others.some((other) => other.withdraws === revision.id && holds(other))
  const revisers = others.flatMap((other): Reviser[] => {
    const { id, occurredAtMs } = other
    return [
      ...(other.withdraws === event.id ? [{ id, occurredAtMs, does: 'withdraws' as const, counts: holds(other) }] : []),
      ...(other.supersedes === event.id
        ? [{ id, occurredAtMs, does: 'supersedes' as const, counts: !isWithdrawn(other) }]
        : []),
    ]
  })
  if (holds(event)) return { fate: 'stored', revisers }
  const withdrawn = revisers.some(({ does, counts }) => does === 'withdraws' && counts)
  return { fate: withdrawn ? 'withdrawn' : 'superseded', revisers }
}
