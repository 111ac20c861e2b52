import { z } from 'zod'
import { eventId } from './envelope.ts'

/** Takes back the event `withdrawnId` of the same `source`; `erasure` removes what it said as well. */
export const eventWithdrawn = z.strictObject({ withdrawnId: eventId, reason: z.enum(['mistake', 'erasure']) })
