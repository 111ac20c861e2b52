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

/** `unitId` is the unit complained about, when the citizen named one. */
export const complaintReceived = z.strictObject({
  complaintId: id,
  unitId: id.optional(),
  channel: z.enum(['sp4n_lapor', 'social_media', 'mayor_visit', 'walk_in', 'phone', 'whatsapp', 'web', 'other']),
  kind: z.enum(['complaint', 'suggestion', 'information_request']),
  category: complaintCategory,
  slaClass,
  serviceCode: id.optional(),
  reporterKey: opaqueKey.optional(),
})

/** The first one fixes class and category. */
export const complaintVerified = z.strictObject({
  complaintId: id,
  slaClass: slaClass.optional(),
  category: complaintCategory.optional(),
})

/** `unitId` takes custody. */
export const complaintAssigned = z.strictObject({ complaintId: id, unitId: id, ruledBy })

/** A duplicate names the complaint that it was merged into. */
export const complaintExcluded = z.discriminatedUnion('reason', [
  z.strictObject({ complaintId: id, reason: z.literal('duplicate'), mergedInto: id, ruledBy }),
  z.strictObject({
    complaintId: id,
    reason: z.enum(['invalid', 'not_ours', 'withdrawn']),
    mergedInto: id.optional(),
    ruledBy,
  }),
])

/** The citizen has to do something first; counts only when the contact with them is logged. */
export const complaintWaiting = z.strictObject({ complaintId: id, contactLogged: z.boolean() })

export const complaintResumed = z.strictObject({ complaintId: id })
