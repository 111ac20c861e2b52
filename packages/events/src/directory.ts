import { z } from 'zod'
import { count, id, opaqueKey, plainDate, title } from './field.ts'

/** `validTo` is the last day that counts. */
const validity = { validFrom: plainDate, validTo: plainDate.optional() }

export const directoryUnit = z.strictObject({
  unitId: id,
  name: title,
  unitType: z.enum(['kelurahan', 'kecamatan', 'upt', 'opd', 'city']),
  parentUnitId: id.optional(),
  headRole: title,
  reportEmails: z.array(z.email({ error: 'an e-mail address' }).max(254)).max(10),
  locale: z.enum(['id', 'en']),
  scheduleProfile: id,
  staffCount: count.optional(),
  population: count.optional(),
  successorUnitId: id.optional(),
  ...validity,
})

export const directoryStaff = z.strictObject({ personKey: opaqueKey, unitId: id, scheduleProfile: id, ...validity })
