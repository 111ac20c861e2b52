import { z } from 'zod'
import { complaintCategory } from './complaint.ts'
import { count, factDate, id, week } from './field.ts'

export const coachingPlanned = z
  .strictObject({
    coachingId: id,
    unitId: id,
    coachUnitId: id,
    topicCode: id,
    plannedOn: factDate,
  })
  .describe('A coaching session is planned.')

export const coachingHeld = z
  .strictObject({ coachingId: id, unitId: id, coachUnitId: id, topicCode: id })
  .describe('A coaching session was held, with the coachingId under which it was planned.')

export const coachingActionAgreed = z
  .strictObject({
    actionId: id,
    unitId: id,
    coachingId: id.optional(),
    actionCode: id,
    dueOn: factDate,
  })
  .describe('A session ended in an action with a due date.')

export const coachingActionDone = z.strictObject({ actionId: id, unitId: id }).describe('An agreed action is done.')

export const coachingFindingRaised = z
  .strictObject({
    findingId: id,
    unitId: id,
    raisedFrom: z.enum(['mayor_visit', 'social_media', 'spot_check', 'inspectorate']),
    category: complaintCategory,
    dueOn: factDate,
  })
  .describe('Somebody found something at a unit that has to be put right.')

export const coachingFindingClosed = z.strictObject({ findingId: id, unitId: id }).describe('A finding is put right.')

export const coachingObjected = z
  .strictObject({ objectionId: id, unitId: id, week, measure: id.optional() })
  .describe('A unit objects to the figures of a week, or to one measure of them.')

export const coachingObjectionDecided = z
  .strictObject({
    objectionId: id,
    unitId: id,
    week,
    measure: id.optional(),
    outcome: z.enum(['upheld', 'dismissed']),
  })
  .describe('An objection is decided.')

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
  .describe('A facility was inspected by a checklist. misuse: something was used for what it is not there for.')
