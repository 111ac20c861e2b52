import { eventConstructor } from './event-draft.ts'

// What became of a complaint. Topic bina.resolution.v1.

/** A unit answered; `substantive` when it says what is done or decided. */
export const resolutionResponded = eventConstructor('bina.resolution.responded.v1', (data) => data.complaintId)

/** A unit closed it: fixed, answered, or in silence. */
export const resolutionResolved = eventConstructor('bina.resolution.resolved.v1', (data) => data.complaintId)

/** The citizen or the coordinator does not take it for closed. */
export const resolutionReopened = eventConstructor('bina.resolution.reopened.v1', (data) => data.complaintId)

/** Somebody else looked whether it was done. */
export const resolutionAudited = eventConstructor('bina.resolution.audited.v1', (data) => data.complaintId)

/** The city asked the citizen for a rating. */
export const resolutionRatingInvited = eventConstructor('bina.resolution.rating-invited.v1', (data) => data.complaintId)

/** The citizen rated elements of the service, each 1 to 4. */
export const resolutionRated = eventConstructor('bina.resolution.rated.v1', (data) => data.complaintId)
