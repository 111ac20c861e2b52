import { eventConstructor } from './event-draft.ts'

// Coaching, what was agreed, and what was found. Topic bina.coaching.v1.

/** A coaching session was planned. */
export const coachingPlanned = eventConstructor('bina.coaching.planned.v1', (data) => data.unitId)

/** The session took place. */
export const coachingHeld = eventConstructor('bina.coaching.held.v1', (data) => data.unitId)

/** An action was agreed with a due date. */
export const coachingActionAgreed = eventConstructor('bina.coaching.action-agreed.v1', (data) => data.unitId)

/** The action was done. */
export const coachingActionDone = eventConstructor('bina.coaching.action-done.v1', (data) => data.unitId)

/** A visit, a post or an inspection found something. */
export const coachingFindingRaised = eventConstructor('bina.coaching.finding-raised.v1', (data) => data.unitId)

/** The finding was put right. */
export const coachingFindingClosed = eventConstructor('bina.coaching.finding-closed.v1', (data) => data.unitId)

/** A unit objects to a figure of a week. */
export const coachingObjected = eventConstructor('bina.coaching.objected.v1', (data) => data.unitId)

/** The objection was upheld or dismissed. */
export const coachingObjectionDecided = eventConstructor('bina.coaching.objection-decided.v1', (data) => data.unitId)

/** Facilities were inspected: items checked and items in order. */
export const coachingFacilityInspected = eventConstructor('bina.coaching.facility-inspected.v1', (data) => data.unitId)
