import type { EventData } from '@bina/events/service-event'
import type { ClosedSpan, Complaint } from './complaint.ts'
import type { KnownEvent, KnownEventOf } from './known-event.ts'
import type { Span } from './unit-clock.ts'

/** A unit's holding the complaint, from one assignment to the next. */
export interface Hold {
  readonly unitId: string
  readonly fromMs: number
  readonly toMs: number | undefined
  /** Who moved it on; undefined while it is held. */
  readonly endedBy: 'unit' | 'coordinator' | undefined
}

export interface Resolution {
  readonly atMs: number
  /** The unit that resolved it, as the event says. */
  readonly unitId: string
  readonly outcome: Complaint['outcome']
}

/** Something that happened while the hold of this index answered for the complaint; undefined before any. */
export interface HeldAct {
  readonly atMs: number
  readonly holdIndex: number | undefined
}

export interface Exclusion {
  /** Of the coordinator's first ruling that stands. */
  readonly atMs: number
  /** Of the latest. */
  readonly reason: Exclude<Complaint['excludedReason'], ''>
  readonly mergedInto: string | undefined
}

export interface Audit {
  readonly data: EventData['bina.resolution.audited.v1']
  /** The latest resolution before the audit, which it looked at; undefined when nothing had been resolved. */
  readonly resolution: Resolution | undefined
}

/** What happened to one complaint, told in order and without any unit's clock. */
export interface ComplaintHistory {
  readonly received: KnownEventOf<'bina.complaint.received.v1'>
  readonly verified: KnownEventOf<'bina.complaint.verified.v1'> | undefined
  readonly respondedAtMs: number | undefined
  readonly holds: readonly Hold[]
  /** Waiting for the citizen, with a logged contact. */
  readonly waits: readonly Span[]
  /** The end of the waiting that no event has ended; it may have come already. */
  readonly waitingUntilMs: number | undefined
  readonly resolutions: readonly Resolution[]
  readonly closedSpans: readonly ClosedSpan[]
  /** The closing that began each closed span, and the reopening that ended it. */
  readonly closings: readonly HeldAct[]
  /** Reopenings that count, charged to the hold at the closing that did not last. */
  readonly reopenings: readonly HeldAct[]
  readonly refusals: readonly HeldAct[]
  readonly excluded: Exclusion | undefined
  /** Each audit as last told. */
  readonly audits: readonly Audit[]
  readonly ratings: readonly KnownEventOf<'bina.resolution.rated.v1'>[]
  readonly invitations: readonly KnownEventOf<'bina.resolution.rating-invited.v1'>[]
}

export interface HistoryRules {
  readonly reopenWithinDays: number
  /** When a waiting that begins at this instant ends by itself. */
  readonly waitingEndMs: (fromMs: number) => number
}

const DAY_MS = 86_400_000

/** The receipt that holds: of several the first, since the citizen's clock never begins anew. */
export function receiptOf(ordered: readonly KnownEvent[]): ComplaintHistory['received'] | undefined {
  for (const event of ordered) if (event.type === 'bina.complaint.received.v1') return event
  return undefined
}

/**
 * Tells a complaint's history from its live events in order.
 *
 * Times are taken as they are told, also where they contradict each other (an assignment before the receipt, a response
 * of a clock that is minutes behind): each event acts on what stands before it in the order of events, and one that
 * finds nothing to act on changes nothing.
 */
export function historyOf(
  ordered: readonly KnownEvent[],
  received: ComplaintHistory['received'],
  rules: HistoryRules,
): ComplaintHistory {
  let verified: ComplaintHistory['verified']
  let respondedAtMs: number | undefined
  let excluded: ComplaintHistory['excluded']
  let wait: Span | undefined
  const holds: Hold[] = []
  const waits: Span[] = []
  const resolutions: Resolution[] = []
  const closings: HeldAct[] = []
  const reopenings: HeldAct[] = []
  const refusals: HeldAct[] = []
  const audits = new Map<string, Audit>()
  const ratings: KnownEventOf<'bina.resolution.rated.v1'>[] = []
  const invitations: KnownEventOf<'bina.resolution.rating-invited.v1'>[] = []

  const isClosed = (): boolean => closings.length > reopenings.length
  const holdIndex = (): number | undefined => (holds.length === 0 ? undefined : holds.length - 1)
  const endWait = (atMs: number): void => {
    if (wait !== undefined) waits.push({ fromMs: wait.fromMs, toMs: Math.min(wait.toMs, atMs) })
    wait = undefined
  }

  for (const event of ordered) {
    const atMs = event.occurredAtMs
    switch (event.type) {
      case 'bina.complaint.verified.v1':
        verified ??= event
        break
      case 'bina.complaint.assigned.v1': {
        const { unitId, ruledBy } = event.data
        const holder = holds.at(-1)
        if (holder?.unitId === unitId) break
        if (holder !== undefined) holds[holds.length - 1] = { ...holder, toMs: atMs, endedBy: ruledBy }
        holds.push({ unitId, fromMs: atMs, toMs: undefined, endedBy: undefined })
        break
      }
      case 'bina.complaint.excluded.v1':
        if (event.data.ruledBy === 'unit') refusals.push({ atMs, holdIndex: holdIndex() })
        else {
          const { reason, mergedInto } = event.data
          excluded = {
            atMs: excluded?.atMs ?? atMs,
            reason,
            mergedInto: reason === 'duplicate' ? mergedInto : undefined,
          }
        }
        break
      case 'bina.complaint.waiting.v1':
        // Asking again does not stretch a waiting, and nobody is waited for once the complaint is closed.
        if (!event.data.contactLogged || isClosed() || (wait !== undefined && atMs < wait.toMs)) break
        endWait(atMs)
        wait = { fromMs: atMs, toMs: rules.waitingEndMs(atMs) }
        break
      case 'bina.complaint.resumed.v1':
        endWait(atMs)
        break
      case 'bina.resolution.responded.v1':
        if (event.data.substantive) respondedAtMs ??= atMs
        break
      case 'bina.resolution.resolved.v1':
        if (event.data.outcome !== 'closed_silent') respondedAtMs ??= atMs
        endWait(atMs)
        if (!isClosed()) closings.push({ atMs, holdIndex: holdIndex() })
        resolutions.push({ atMs, unitId: event.data.unitId, outcome: event.data.outcome })
        break
      case 'bina.resolution.reopened.v1': {
        const resolution = resolutions.at(-1)
        if (!isClosed() || resolution === undefined || atMs - resolution.atMs > rules.reopenWithinDays * DAY_MS) break
        reopenings.push({ atMs, holdIndex: closings.at(-1)?.holdIndex })
        break
      }
      case 'bina.resolution.audited.v1':
        audits.set(event.data.auditId, { data: event.data, resolution: resolutions.at(-1) })
        break
      case 'bina.resolution.rated.v1':
        ratings.push(event)
        break
      case 'bina.resolution.rating-invited.v1':
        invitations.push(event)
        break
    }
  }
  return {
    received,
    verified,
    respondedAtMs,
    holds,
    waits: wait === undefined ? waits : [...waits, wait],
    waitingUntilMs: wait?.toMs,
    resolutions,
    closedSpans: closings.map(({ atMs }, index) => ({ fromMs: atMs, toMs: reopenings[index]?.atMs })),
    closings,
    reopenings,
    refusals,
    excluded,
    audits: [...audits.values()],
    ratings,
    invitations,
  }
}
