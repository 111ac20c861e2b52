import type { z } from 'zod'
import { attendanceRecorded, attendanceSpotChecked, attendanceStatusSet } from './attendance.ts'
import {
  coachingActionAgreed,
  coachingActionDone,
  coachingFacilityInspected,
  coachingFindingClosed,
  coachingFindingRaised,
  coachingHeld,
  coachingObjected,
  coachingObjectionDecided,
  coachingPlanned,
} from './coaching.ts'
import {
  complaintAssigned,
  complaintExcluded,
  complaintReceived,
  complaintResumed,
  complaintVerified,
  complaintWaiting,
} from './complaint.ts'
import { directoryStaff, directoryUnit } from './directory.ts'
import {
  resolutionAudited,
  resolutionRated,
  resolutionRatingInvited,
  resolutionReopened,
  resolutionResolved,
  resolutionResponded,
} from './resolution.ts'
import { eventWithdrawn } from './withdrawn.ts'

/** Every event type of the contract and the schema of its `data`. */
export const dataSchemas = {
  'bina.attendance.recorded.v1': attendanceRecorded,
  'bina.attendance.status-set.v1': attendanceStatusSet,
  'bina.attendance.spot-checked.v1': attendanceSpotChecked,
  'bina.complaint.received.v1': complaintReceived,
  'bina.complaint.verified.v1': complaintVerified,
  'bina.complaint.assigned.v1': complaintAssigned,
  'bina.complaint.excluded.v1': complaintExcluded,
  'bina.complaint.waiting.v1': complaintWaiting,
  'bina.complaint.resumed.v1': complaintResumed,
  'bina.resolution.responded.v1': resolutionResponded,
  'bina.resolution.resolved.v1': resolutionResolved,
  'bina.resolution.reopened.v1': resolutionReopened,
  'bina.resolution.audited.v1': resolutionAudited,
  'bina.resolution.rating-invited.v1': resolutionRatingInvited,
  'bina.resolution.rated.v1': resolutionRated,
  'bina.coaching.planned.v1': coachingPlanned,
  'bina.coaching.held.v1': coachingHeld,
  'bina.coaching.action-agreed.v1': coachingActionAgreed,
  'bina.coaching.action-done.v1': coachingActionDone,
  'bina.coaching.finding-raised.v1': coachingFindingRaised,
  'bina.coaching.finding-closed.v1': coachingFindingClosed,
  'bina.coaching.objected.v1': coachingObjected,
  'bina.coaching.objection-decided.v1': coachingObjectionDecided,
  'bina.coaching.facility-inspected.v1': coachingFacilityInspected,
  'bina.directory.unit.v1': directoryUnit,
  'bina.directory.staff.v1': directoryStaff,
  'bina.event.withdrawn.v1': eventWithdrawn,
} as const

export type EventType = keyof typeof dataSchemas

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

/** What each type's `data` holds once it is accepted. */
export type EventData = { readonly [T in EventType]: DeepReadonly<z.infer<(typeof dataSchemas)[T]>> }

export const eventTypes = Object.keys(dataSchemas) as readonly EventType[]

const typeByName: ReadonlyMap<string, EventType> = new Map(eventTypes.map((type) => [type, type]))

/** The event type of that name; undefined when there is none. */
export function parseEventType(name: string): EventType | undefined {
  return typeByName.get(name)
}
