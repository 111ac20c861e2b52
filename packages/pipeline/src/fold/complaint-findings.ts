import type { ComplaintHistory } from './complaint-history.ts'
import type { KnownEvent } from './known-event.ts'

/**
 * What cannot be right in a complaint's events, and how each is taken all the same:
 *
 * - `resolved_before_received`: taken as told, since two systems' clocks differ; it closes the complaint.
 *
 * - `two_custodians`: assigned to two units at one instant: the last in the order of events has it, the other had it for
 *   no time. The finding is the other's.
 *
 * - `audit_without_complaint`, `rating_without_complaint`: nothing of it counts before the receipt is known.
 *
 * - `audit_without_resolution`: nothing had been resolved that could be looked at, so S3 leaves it out.
 *
 * - `complaint_at_unknown_unit`: the directory does not know the unit on that day. It is judged by the city's hours and
 *   counted once the unit is known. One finding a unit, at the first event that names it.
 */
export type ComplaintFindingKind =
  | 'resolved_before_received'
  | 'two_custodians'
  | 'audit_without_complaint'
  | 'rating_without_complaint'
  | 'audit_without_resolution'
  | 'complaint_at_unknown_unit'

export interface ComplaintFinding {
  readonly kind: ComplaintFindingKind
  readonly unitId: string
  readonly atMs: number
}

/** The findings of a complaint's live events in order, in the same order. */
export function findingsOf(
  ordered: readonly KnownEvent[],
  received: ComplaintHistory['received'] | undefined,
  isKnown: (unitId: string, atMs: number) => boolean,
): readonly ComplaintFinding[] {
  const findings: ComplaintFinding[] = []
  const unitsSeen = new Set<string>()
  let holder: { readonly unitId: string; readonly fromMs: number } | undefined
  let resolved = false
  for (const event of ordered) {
    const { occurredAtMs: atMs, data } = event
    const find = (kind: ComplaintFindingKind, unitId: string) => findings.push({ kind, unitId, atMs })
    if ('unitId' in data && data.unitId !== undefined && !unitsSeen.has(data.unitId)) {
      unitsSeen.add(data.unitId)
      if (!isKnown(data.unitId, atMs)) find('complaint_at_unknown_unit', data.unitId)
    }
    switch (event.type) {
      case 'bina.complaint.assigned.v1':
        if (holder?.unitId === event.data.unitId) break
        if (holder?.fromMs === atMs) find('two_custodians', holder.unitId)
        holder = { unitId: event.data.unitId, fromMs: atMs }
        break
      case 'bina.resolution.resolved.v1':
        resolved = true
        if (received !== undefined && atMs < received.occurredAtMs) find('resolved_before_received', event.data.unitId)
        break
      case 'bina.resolution.audited.v1':
        if (received === undefined) find('audit_without_complaint', event.data.unitId)
        else if (!resolved) find('audit_without_resolution', event.data.unitId)
        break
      case 'bina.resolution.rated.v1':
        if (received === undefined) find('rating_without_complaint', event.data.unitId)
        break
    }
  }
  return findings
}
