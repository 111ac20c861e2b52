import type { PlainDate } from '@bina/domain/plain-date'
import type { ComplaintHistory } from './complaint-history.ts'
import type { Finding, FindingKind } from './finding.ts'
import type { KnownEvent } from './known-event.ts'

export interface ComplaintFindingsInput {
  /** The complaint's live events, in order. */
  readonly ordered: readonly KnownEvent[]
  readonly received: ComplaintHistory['received'] | undefined
  readonly dateOf: (atMs: number) => PlainDate
  /** The directory knows the unit on that date. */
  readonly isKnown: (unitId: string, on: PlainDate) => boolean
  /** The calendar knows the schedule profile that the directory names for the unit on that date. */
  readonly hasKnownProfile: (unitId: string, on: PlainDate) => boolean
}

/**
 * What cannot be right in a complaint's events, in their order, and how each is taken all the same:
 *
 * - `resolved_before_received`, `responded_before_received`: taken as told, since two systems' clocks differ; it closes
 *   or answers the complaint.
 *
 * - `two_custodians`: assigned to two units at one instant: the last in the order of events has it, the other had it for
 *   no time. The finding is the other's.
 *
 * - `reopened_without_resolution`: nothing had been resolved, so it changes nothing. The finding is the holder's.
 *
 * - `audit_without_complaint`, `rating_without_complaint`, `act_without_complaint` (any other event): nothing of it
 *   counts before the receipt is known.
 *
 * - `audit_without_resolution`: nothing had been resolved that could be looked at, so S3 leaves it out.
 *
 * - `response_found_empty`: an audit found that the response said nothing of use. S1 goes by what the channel told, so the
 *   response counts all the same: an automatic answer that is told as a real one is seen here alone.
 *
 * - `rating_without_invitation`: an answer that the unit's reporter was not asked for, or one more than asked for. It
 *   counts all the same: who picks the guests of the survey is seen here, also where nobody was invited and S15 is silent.
 *
 * - `unknown_unit`: the directory does not know the unit on that day. It is judged by the city's hours and counted once
 *   the unit is known. One finding a unit, at the first event that names it; so also `unknown_profile`: the directory
 *   names hours that the policy does not have, and `office_5d` is read.
 */
export function complaintFindingsOf(input: ComplaintFindingsInput): readonly Finding[] {
  const { received } = input
  const findings: Finding[] = []
  const unitsSeen = new Set<string>()
  let holder: { readonly unitId: string; readonly fromMs: number } | undefined
  let resolved = false
  const invitationsLeft = new Map<string, number>()
  for (const event of input.ordered) {
    const { occurredAtMs: atMs, data } = event
    const on = input.dateOf(atMs)
    const find = (kind: FindingKind, unitId: string) => findings.push({ kind, unitId, on })
    const named = 'unitId' in data ? data.unitId : undefined
    if (named !== undefined && !unitsSeen.has(named)) {
      unitsSeen.add(named)
      if (!input.isKnown(named, on)) find('unknown_unit', named)
      else if (!input.hasKnownProfile(named, on)) find('unknown_profile', named)
    }
    if (received === undefined) {
      if (named !== undefined) find(strayKind(event.type), named)
      continue
    }
    switch (event.type) {
      case 'bina.complaint.assigned.v1':
        if (holder?.unitId === event.data.unitId) break
        if (holder?.fromMs === atMs) find('two_custodians', holder.unitId)
        holder = { unitId: event.data.unitId, fromMs: atMs }
        break
      case 'bina.resolution.responded.v1':
        if (atMs < received.occurredAtMs) find('responded_before_received', event.data.unitId)
        break
      case 'bina.resolution.resolved.v1':
        resolved = true
        if (atMs < received.occurredAtMs) find('resolved_before_received', event.data.unitId)
        break
      case 'bina.resolution.reopened.v1': {
        const unitId = holder?.unitId ?? received.data.unitId
        if (!resolved && unitId !== undefined) find('reopened_without_resolution', unitId)
        break
      }
      case 'bina.resolution.audited.v1':
        if (!resolved) find('audit_without_resolution', event.data.unitId)
        if (event.data.responseValid === false) find('response_found_empty', event.data.unitId)
        break
      case 'bina.resolution.rating-invited.v1':
        invitationsLeft.set(event.data.unitId, (invitationsLeft.get(event.data.unitId) ?? 0) + 1)
        break
      case 'bina.resolution.rated.v1': {
        const left = invitationsLeft.get(event.data.unitId) ?? 0
        if (left === 0) find('rating_without_invitation', event.data.unitId)
        else invitationsLeft.set(event.data.unitId, left - 1)
        break
      }
    }
  }
  return findings
}

function strayKind(type: KnownEvent['type']): FindingKind {
  if (type === 'bina.resolution.audited.v1') return 'audit_without_complaint'
  return type === 'bina.resolution.rated.v1' ? 'rating_without_complaint' : 'act_without_complaint'
}
