import { z } from 'zod'
import { count, id, opaqueKey, plainDate, title } from './field.ts'

const validity = { validFrom: plainDate, validTo: plainDate.optional() }

export const directoryUnit = z
  .strictObject({
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
  .describe('One version of a unit, from when on. validTo is the last day that counts.')

export const directoryStaff = z
  .strictObject({ personKey: opaqueKey, unitId: id, scheduleProfile: id, ...validity })
  .describe(
    'One entry of the roster: which unit and schedule a person has, from when on. validTo is the last day that counts.',
  )
