import { eventConstructor } from './event-draft.ts'

// The life of a complaint until somebody answers it. Topic bina.complaint.v1.

/** A citizen complained, asked or proposed. */
export const complaintReceived = eventConstructor('bina.complaint.received.v1', (data) => data.complaintId)

/** The coordinator looked at it; the first one fixes class and category. */
export const complaintVerified = eventConstructor('bina.complaint.verified.v1', (data) => data.complaintId)

/** A unit takes custody; `ruledBy: unit` means that the holder passed it on. */
export const complaintAssigned = eventConstructor('bina.complaint.assigned.v1', (data) => data.complaintId)

/** It is invalid, not ours, withdrawn, or a duplicate of another. */
export const complaintExcluded = eventConstructor('bina.complaint.excluded.v1', (data) => data.complaintId)

/** Waiting for the citizen; counts only when the contact is logged. */
export const complaintWaiting = eventConstructor('bina.complaint.waiting.v1', (data) => data.complaintId)

/** The waiting is over. */
export const complaintResumed = eventConstructor('bina.complaint.resumed.v1', (data) => data.complaintId)
