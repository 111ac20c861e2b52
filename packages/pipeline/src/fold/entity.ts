import { isPlainDate, type PlainDate } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import type { KnownEvent } from './known-event.ts'

/**
 * What one row, or one part of the directory, is worked out from. Ids never hold a bar, so that the parts stay apart.
 */
export type Entity =
  | { readonly kind: 'day'; readonly personKey: string; readonly workDate: PlainDate }
  | { readonly kind: 'complaint'; readonly complaintId: string }
  | { readonly kind: 'unit'; readonly unitId: string }
  | { readonly kind: 'staff'; readonly personKey: string }
  | { readonly kind: 'coaching'; readonly unitId: string }
  | { readonly kind: 'withdrawal' }

/** The part of an event that says which entity it belongs to. */
export type EntityEvent = KnownEvent extends infer E
  ? E extends KnownEvent
    ? Pick<E, 'type' | 'occurredAtMs' | 'data'>
    : never
  : never

/** The entity that an event belongs to. A spot check belongs to the date of its time in the city (reading 20). */
export function entityOf(event: EntityEvent, zone: string): string {
  switch (event.type) {
    case 'bina.attendance.recorded.v1':
    case 'bina.attendance.status-set.v1':
      return dayEntity(event.data.personKey, event.data.workDate)
    case 'bina.attendance.spot-checked.v1':
      return dayEntity(event.data.personKey, dateIn(zone, event.occurredAtMs))
    case 'bina.complaint.received.v1':
    case 'bina.complaint.verified.v1':
    case 'bina.complaint.assigned.v1':
    case 'bina.complaint.excluded.v1':
    case 'bina.complaint.waiting.v1':
    case 'bina.complaint.resumed.v1':
    case 'bina.resolution.responded.v1':
    case 'bina.resolution.resolved.v1':
    case 'bina.resolution.reopened.v1':
    case 'bina.resolution.audited.v1':
    case 'bina.resolution.rating-invited.v1':
    case 'bina.resolution.rated.v1':
      return complaintEntity(event.data.complaintId)
    case 'bina.coaching.planned.v1':
    case 'bina.coaching.held.v1':
    case 'bina.coaching.action-agreed.v1':
    case 'bina.coaching.action-done.v1':
    case 'bina.coaching.finding-raised.v1':
    case 'bina.coaching.finding-closed.v1':
    case 'bina.coaching.objected.v1':
    case 'bina.coaching.objection-decided.v1':
    case 'bina.coaching.facility-inspected.v1':
      return coachingEntity(event.data.unitId)
    case 'bina.directory.unit.v1':
      return unitEntity(event.data.unitId)
    case 'bina.directory.staff.v1':
      return staffEntity(event.data.personKey)
    case 'bina.event.withdrawn.v1':
      return WITHDRAWAL_ENTITY
    default:
      throw unknownType(event)
  }
}

export const WITHDRAWAL_ENTITY = 'withdrawal'

export function dayEntity(personKey: string, workDate: PlainDate): string {
  return `day|${personKey}|${workDate}`
}

export function complaintEntity(complaintId: string): string {
  return `complaint|${complaintId}`
}

export function unitEntity(unitId: string): string {
  return `unit|${unitId}`
}

export function staffEntity(personKey: string): string {
  return `staff|${personKey}`
}

export function coachingEntity(unitId: string): string {
  return `coaching|${unitId}`
}

/** An entity's text read back; undefined when `entityOf` cannot have made it. */
export function parseEntity(text: string): Entity | undefined {
  const [kind, first, second, ...more] = text.split('|')
  if (more.length > 0 || first === '') return undefined
  if (kind === 'withdrawal') return first === undefined ? { kind } : undefined
  if (first === undefined) return undefined
  if (kind === 'day') {
    return second !== undefined && isPlainDate(second) ? { kind, personKey: first, workDate: second } : undefined
  }
  if (second !== undefined) return undefined
  if (kind === 'complaint') return { kind, complaintId: first }
  if (kind === 'unit') return { kind, unitId: first }
  if (kind === 'staff') return { kind, personKey: first }
  return kind === 'coaching' ? { kind, unitId: first } : undefined
}

/** Only a type that the contract gained and this file did not can bring us here. */
function unknownType(event: never): Error {
  // Its type alone: what an event says may name a person's key, and errors end up in logs.
  return new Error(`no entity is known for events of type ${JSON.stringify((event as EntityEvent).type)}`)
}
