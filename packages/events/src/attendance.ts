import { z } from 'zod'
import { factDate, id, inclusionProbability, minutesOfDay, opaqueKey } from './field.ts'

export const attendanceRecorded = z
  .strictObject({
    unitId: id,
    personKey: opaqueKey,
    workDate: factDate,
    kind: z.enum(['in', 'out']),
    method: z.enum(['device', 'app', 'manual']),
    deviceOk: z.boolean().optional(),
  })
  .describe("One clocking in or out; the event's time is the clock time.")

export const attendanceStatusSet = z
  .strictObject({
    unitId: id,
    personKey: opaqueKey,
    workDate: factDate,
    status: z.enum([
      'not_scheduled',
      'outage',
      'excused_leave',
      'official_duty',
      'flexible_work',
      'present',
      'unexcused',
    ]),
    lateMinutes: minutesOfDay.optional(),
    earlyMinutes: minutesOfDay.optional(),
    lateExcused: z.boolean().optional(),
    setBy: z.enum(['city', 'unit']),
  })
  .describe(
    'What the city or the unit says of a person-day. The latest time wins; outage counts only when set by the city.',
  )

export const attendanceSpotChecked = z
  .strictObject({
    unitId: id,
    personKey: opaqueKey,
    checkId: id,
    drawId: id.optional(),
    inclusionProbability: inclusionProbability.optional(),
    medium: z.enum(['video', 'visit']),
    outcome: z.enum(['confirmed', 'not_found', 'unreachable', 'invalid']),
  })
  .describe("One random check whether a person is where the record says; its date is the event's time in the city.")
