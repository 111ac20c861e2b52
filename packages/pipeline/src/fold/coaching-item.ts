import type { CoachingKind } from './coaching.ts'
import type { KnownEvent } from './known-event.ts'

export interface CoachingItemName {
  readonly kind: CoachingKind
  readonly itemId: string
}

/** The item that an event is about; undefined when it is no coaching event. */
export function coachingItemOf(event: KnownEvent): CoachingItemName | undefined {
  switch (event.type) {
    case 'bina.coaching.planned.v1':
    case 'bina.coaching.held.v1':
      return { kind: 'session', itemId: event.data.coachingId }
    case 'bina.coaching.action-agreed.v1':
    case 'bina.coaching.action-done.v1':
      return { kind: 'action', itemId: event.data.actionId }
    case 'bina.coaching.finding-raised.v1':
    case 'bina.coaching.finding-closed.v1':
      return { kind: 'finding', itemId: event.data.findingId }
    case 'bina.coaching.facility-inspected.v1':
      return { kind: 'inspection', itemId: event.data.inspectionId }
    case 'bina.coaching.objected.v1':
    case 'bina.coaching.objection-decided.v1':
      return { kind: 'objection', itemId: event.data.objectionId }
    default:
      return undefined
  }
}

/** An item and a unit whose figures it moves, or once did. */
export interface CoachingPlace extends CoachingItemName {
  readonly unitId: string
}

/**
 * Every place in which an item may ever have stood, by all events of a unit, dead ones included: with the unit itself, and with each
 * unit that was named as its coach, for an action by way of its session.
 */
export function everPlaced(unitId: string, events: readonly KnownEvent[]): readonly CoachingPlace[] {
  const coaches = new Map<string, Set<string>>()
  for (const { type, data } of events) {
    if (type !== 'bina.coaching.planned.v1' && type !== 'bina.coaching.held.v1') continue
    const known = coaches.get(data.coachingId)
    if (known === undefined) coaches.set(data.coachingId, new Set([data.coachUnitId]))
    else known.add(data.coachUnitId)
  }
  const places = new Map<string, CoachingPlace>()
  for (const event of events) {
    const item = coachingItemOf(event)
    if (item === undefined) continue
    const coachingId = 'coachingId' in event.data ? event.data.coachingId : undefined
    for (const placeUnit of [unitId, ...(coaches.get(coachingId ?? '') ?? [])]) {
      places.set(`${item.kind}|${item.itemId}|${placeUnit}`, { ...item, unitId: placeUnit })
    }
  }
  return [...places.values()]
}
