import { z } from 'zod'
import { eventId } from './envelope.ts'

export const eventWithdrawn = z
  .strictObject({ withdrawnId: eventId, reason: z.enum(['mistake', 'erasure']) })
  .describe('Takes back the event withdrawnId of the same source; erasure removes what it said as well.')
