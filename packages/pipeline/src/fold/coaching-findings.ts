import type { PlainDate } from '@bina/domain/plain-date'
import { coachingItemOf } from './coaching-item.ts'
import type { Finding, FindingKind } from './finding.ts'
import type { KnownEvent } from './known-event.ts'

export interface CoachingFindingsInput {
  readonly unitId: string
  /** The live events of the unit's coaching, in order. */
  readonly ordered: readonly KnownEvent[]
  readonly dateOf: (atMs: number) => PlainDate
  /** The directory knows the unit on that date. */
  readonly isKnown: (unitId: string, on: PlainDate) => boolean
}

/**
 * What cannot be right in a unit's coaching, in the order of events, and how each is taken all the same:
 *
 * - `done_without_agreement`, `closed_without_finding`, `decided_without_objection`: what ends a thing that nobody
 *   began makes no item and counts nowhere, until its beginning is known.
 *
 * - `done_before_agreement`: an action done, or a finding closed, before it was agreed or raised, taken as told, since
 *   two systems' clocks differ: it counts as done.
 *
 * - `unknown_unit`: the directory does not know the unit, or its coach's, on that day. It is counted once the unit is
 *   known. One finding a unit, at the first event that names it.
 */
export function coachingFindingsOf(input: CoachingFindingsInput): readonly Finding[] {
  const begun = new Map<string, number>()
  for (const event of input.ordered) {
    const name = nameOf(event)
    if (name !== undefined && endOf(event.type) === undefined && !begun.has(name)) begun.set(name, event.occurredAtMs)
  }
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const event of input.ordered) {
    const name = nameOf(event)
    if (name === undefined) continue
    const on = input.dateOf(event.occurredAtMs)
    for (const unitId of [input.unitId, ...('coachUnitId' in event.data ? [event.data.coachUnitId] : [])]) {
      if (!seen.has(unitId) && !input.isKnown(unitId, on)) findings.push({ kind: 'unknown_unit', unitId, on })
      seen.add(unitId)
    }
    const ending = endOf(event.type)
    if (ending === undefined) continue
    const begunAtMs = begun.get(name)
    if (begunAtMs === undefined) findings.push({ kind: ending, unitId: input.unitId, on })
    else if (event.occurredAtMs < begunAtMs) findings.push({ kind: 'done_before_agreement', unitId: input.unitId, on })
  }
  return findings
}

function nameOf(event: KnownEvent): string | undefined {
  const item = coachingItemOf(event)
  return item && `${item.kind}|${item.itemId}`
}

/** What it is to be called when an event of this type ends what nobody began; undefined for one that begins something. */
function endOf(type: KnownEvent['type']): FindingKind | undefined {
  switch (type) {
    case 'bina.coaching.action-done.v1':
      return 'done_without_agreement'
    case 'bina.coaching.finding-closed.v1':
      return 'closed_without_finding'
    case 'bina.coaching.objection-decided.v1':
      return 'decided_without_objection'
    default:
      return undefined
  }
}
