import { z } from 'zod'
import { complaintCategory } from './complaint.ts'
import { count, factDate, id, week } from './field.ts'

export const coachingPlanned = z.strictObject({
  coachingId: id,
  unitId: id,
  coachUnitId: id,
  topicCode: id,
  plannedOn: factDate,
})

/** Held with the same `coachingId` as planned. */
export const coachingHeld = z.strictObject({ coachingId: id, unitId: id, coachUnitId: id, topicCode: id })

export const coachingActionAgreed = z.strictObject({
  actionId: id,
  unitId: id,
  coachingId: id.optional(),
  actionCode: id,
  dueOn: factDate,
})

export const coachingActionDone = z.strictObject({ actionId: id, unitId: id })

export const coachingFindingRaised = z.strictObject({
  findingId: id,
  unitId: id,
  raisedFrom: z.enum(['mayor_visit', 'social_media', 'spot_check', 'inspectorate']),
  category: complaintCategory,
  dueOn: factDate,
})

export const coachingFindingClosed = z.strictObject({ findingId: id, unitId: id })

/** A unit objects to its week's figures, or to one measure of them. */
export const coachingObjected = z.strictObject({ objectionId: id, unitId: id, week, measure: id.optional() })

export const coachingObjectionDecided = z.strictObject({
  objectionId: id,
  unitId: id,
  week,
  measure: id.optional(),
  outcome: z.enum(['upheld', 'dismissed']),
})

export const coachingFacilityInspected = z
  .strictObject({
    inspectionId: id,
    unitId: id,
    itemsChecked: count,
    itemsInOrder: count,
    misuse: z.boolean(),
  })
  // A share above one has no interval and would read as "104 of 100 in order".
  .refine((data) => data.itemsInOrder <= data.itemsChecked, {
    path: ['itemsInOrder'],
    error: 'at most itemsChecked',
  })
