import { isPlainDate, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'

/** A wish that the reports of a week go out. */
export interface Doorbell {
  readonly week: PlainDate
  /** Rung by the clock: then whoever a mail server refused for good is not tried once more. */
  readonly byItself: boolean
}

export function encodeDoorbell({ week, byItself }: Doorbell): string {
  return JSON.stringify({ week, ...(byItself ? { byItself } : {}) })
}

/** Undefined for anything that names no week by its Monday. */
export function decodeDoorbell(value: Buffer | null): Doorbell | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(value?.toString('utf8') ?? '')
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const { week, byItself } = parsed as { week?: unknown; byItself?: unknown }
  const isWeek = typeof week === 'string' && isPlainDate(week) && mondayOf(week) === week
  return isWeek ? { week, byItself: byItself === true } : undefined
}
