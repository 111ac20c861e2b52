import { checkEvent } from '@bina/events/check-event'
import { contentHash } from '@bina/events/content-hash'
import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import { pointerIn } from '@bina/events/detail'
import { identityOf } from '@bina/events/identity'
import type { ServiceEvent } from '@bina/events/service-event'
import { type AccessKey, refusalOf } from './access-keys.ts'
import type { Candidate } from './read-request.ts'

export type RejectionReason = DeadLetterReason | 'source_not_allowed' | 'type_not_allowed'

export type Verdict =
  | { readonly status: 'accepted'; readonly event: ServiceEvent }
  /** Says again what an event before it in the same batch says. */
  | { readonly status: 'duplicate'; readonly event: ServiceEvent }
  | { readonly status: 'rejected'; readonly reason: RejectionReason; readonly pointer: string; readonly detail: string }

/** Holds each candidate against the contract, the key and its neighbours. What was published before is not known here: a
 *  repeat of it is accepted, and changes nothing. */
export function judgeEvents(candidates: readonly Candidate[], key: AccessKey, nowMs: number): readonly Verdict[] {
  const hashes = new Map<string, bigint>()
  return candidates.map((candidate) => {
    const judged = judgeEvent(candidate, key, nowMs)
    if (judged.status !== 'accepted') return judged
    const identity = identityOf(judged.event)
    const hash = contentHash(judged.event)
    const earlier = hashes.get(identity)
    if (earlier === hash) return { status: 'duplicate', event: judged.event }
    if (earlier !== undefined)
      return rejected('conflicting_duplicate', '/id: expected an id that no other event of the batch has')
    hashes.set(identity, hash)
    return judged
  })
}

function judgeEvent(candidate: Candidate, key: AccessKey, nowMs: number): Verdict {
  if (candidate.kind === 'unreadable') return rejected(candidate.reason, candidate.detail)
  const checked = checkEvent(candidate.attributes, candidate.data, undefined, nowMs)
  if (checked.kind === 'dead_letter') return rejected(checked.reason, checked.detail)
  const event = checked.value
  const refusal = refusalOf(key, event)
  if (refusal === 'source_not_allowed')
    return rejected(refusal, '/source: expected the source that the key is bound to')
  if (refusal === 'type_not_allowed') return rejected(refusal, '/type: expected a type that the key may publish')
  return { status: 'accepted', event }
}

function rejected(reason: RejectionReason, detail: string): Verdict {
  return { status: 'rejected', reason, pointer: pointerIn(detail), detail }
}
