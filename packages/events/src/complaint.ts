import { z } from 'zod'
import { id, opaqueKey } from './field.ts'

export const complaintCategory = z.enum([
  'rude',
  'convoluted',
  'obstructive',
  'delay',
  'no_service',
  'facility',
  'illegal_fee',
  'discrimination',
  'incompetent',
  'other',
])

/** 2, 5, 14 and 60 working days. */
const slaClass = z.enum(['light', 'normative', 'ordinary', 'supervision'])

const ruledBy = z.enum(['coordinator', 'unit'])

export const complaintReceived = z
  .strictObject({
    complaintId: id,
    unitId: id.optional(),
    channel: z.enum(['sp4n_lapor', 'social_media', 'mayor_visit', 'walk_in', 'phone', 'whatsapp', 'web', 'other']),
    kind: z.enum(['complaint', 'suggestion', 'information_request']),
    category: complaintCategory,
    slaClass,
    serviceCode: id.optional(),
    reporterKey: opaqueKey.optional(),
  })
  .describe(
    "A citizen's complaint, suggestion or request came in. unitId is the unit complained about, when one was named.",
  )

export const complaintVerified = z
  .strictObject({
    complaintId: id,
    slaClass: slaClass.optional(),
    category: complaintCategory.optional(),
  })
  .describe('The coordinator has looked at it. The first verification fixes class and category.')

export const complaintAssigned = z
  .strictObject({ complaintId: id, unitId: id, ruledBy })
  .describe('A unit takes custody of the complaint.')

export const complaintExcluded = z
  .discriminatedUnion('reason', [
    z.strictObject({ complaintId: id, reason: z.literal('duplicate'), mergedInto: id, ruledBy }),
    z.strictObject({
      complaintId: id,
      reason: z.enum(['invalid', 'not_ours', 'withdrawn']),
      mergedInto: id.optional(),
      ruledBy,
    }),
  ])
  .describe(
    'The complaint is taken out of the figures, or a unit refused it. A duplicate names the complaint that it was merged into.',
  )

export const complaintWaiting = z
  .strictObject({ complaintId: id, contactLogged: z.boolean() })
  .describe('The citizen has to do something first. Counts only when the contact with them is logged.')

export const complaintResumed = z.strictObject({ complaintId: id }).describe('The waiting for the citizen is over.')
