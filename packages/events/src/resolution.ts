import { z } from 'zod'
import { id, inclusionProbability } from './field.ts'

export const resolutionResponded = z.strictObject({ complaintId: id, unitId: id, substantive: z.boolean() })

export const resolutionResolved = z.strictObject({
  complaintId: id,
  unitId: id,
  outcome: z.enum(['fixed', 'answered', 'closed_silent']),
})

export const resolutionReopened = z.strictObject({ complaintId: id, by: z.enum(['reporter', 'coordinator']) })

/** A look at a sampled closure by somebody else; `responseValid`: the response said something of use. */
export const resolutionAudited = z.strictObject({
  complaintId: id,
  unitId: id,
  auditId: id,
  method: z.enum(['photo', 'call', 'visit']),
  result: z.enum(['verified', 'not_fixed', 'unreachable']),
  responseValid: z.boolean().optional(),
  auditorUnitId: id.optional(),
  inclusionProbability: inclusionProbability.optional(),
})

export const resolutionRatingInvited = z.strictObject({ complaintId: id, unitId: id })

const answer = z.int({ error: 'a whole number from 1 to 4' }).min(1).max(4).optional()

/** The nine elements of the satisfaction survey (PermenPANRB 14/2017), each 1 to 4, at least one answered. */
export const resolutionRated = z.strictObject({
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
