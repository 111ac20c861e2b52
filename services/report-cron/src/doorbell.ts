import { isPlainDate, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import type { ResendRequest } from '@bina/pipeline/report/resend-copies'
import { z } from 'zod'

/** A wish that the reports of a week go out. */
export interface Doorbell {
  readonly week: PlainDate
  /** Rung by the clock: then whoever a mail server refused for good is not tried once more. */
  readonly byItself: boolean
  /** One report of that week once more, and no run. */
  readonly resend?: ResendRequest
}

const resendSchema = z.object({
  unitId: z.string().min(1),
  report: z.enum(['', 'area', 'city', 'integrity']),
  recipients: z.array(z.string().min(1)).min(1),
  issue: z.number().int().min(1).max(65_535),
})

export function encodeDoorbell({ week, byItself, resend }: Doorbell): string {
  return JSON.stringify({ week, ...(byItself ? { byItself } : {}), ...(resend === undefined ? {} : { resend }) })
}

/** Undefined for anything that names no week by its Monday, or asks for a resend in words that nobody knows. */
export function decodeDoorbell(value: Buffer | null): Doorbell | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(value?.toString('utf8') ?? '')
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const { week, byItself, resend } = parsed as { week?: unknown; byItself?: unknown; resend?: unknown }
  if (typeof week !== 'string' || !isPlainDate(week) || mondayOf(week) !== week) return undefined
  if (resend === undefined) return { week, byItself: byItself === true }
  const request = resendSchema.safeParse(resend)
  return request.success ? { week, byItself: false, resend: request.data } : undefined
}
