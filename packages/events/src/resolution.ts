import { z } from 'zod'
import { id, inclusionProbability } from './field.ts'

export const resolutionResponded = z
  .strictObject({ complaintId: id, unitId: id, substantive: z.boolean() })
  .describe('A unit answered the citizen; substantive: the answer says something of use.')

export const resolutionResolved = z
  .strictObject({
    complaintId: id,
    unitId: id,
    outcome: z.enum(['fixed', 'answered', 'closed_silent']),
  })
  .describe('A unit closed the complaint.')

export const resolutionReopened = z
  .strictObject({ complaintId: id, by: z.enum(['reporter', 'coordinator']) })
  .describe('The closure did not hold, says the reporter or the coordinator.')

export const resolutionAudited = z
  .strictObject({
    complaintId: id,
    unitId: id,
    auditId: id,
    method: z.enum(['photo', 'call', 'visit']),
    result: z.enum(['verified', 'not_fixed', 'unreachable']),
    responseValid: z.boolean().optional(),
    auditorUnitId: id.optional(),
    inclusionProbability: inclusionProbability.optional(),
  })
  .describe('A look at a sampled closure, by photo, call or visit. responseValid: the response said something of use.')

export const resolutionRatingInvited = z
  .strictObject({ complaintId: id, unitId: id })
  .describe('The reporter was asked to rate the unit.')

const answer = z.int({ error: 'a whole number from 1 to 4' }).min(1).max(4).optional()

export const resolutionRated = z
  .strictObject({
    complaintId: id,
    unitId: id,
    answers: z
      .strictObject({
        requirements: answer,
        procedure: answer,
        time: answer,
        fee: answer,
        product: answer,
        competence: answer,
        conduct: answer,
        facilities: answer,
        complaint_handling: answer,
      })
      .refine((answers) => Object.keys(answers).length > 0, { error: 'at least one answer' })
      .meta({ minProperties: 1 }),
  })
  .describe(
    'The reporter rated the unit by the nine elements of the satisfaction survey (PermenPANRB 14/2017), each 1 to 4.',
  )
