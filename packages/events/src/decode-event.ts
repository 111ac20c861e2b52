import type { Outcome } from '@bina/domain/outcome'
import { attributesInHeaders, type Headers } from './attributes-in-headers.ts'
import { checkEvent } from './check-event.ts'
import type { DeadLetterReason } from './dead-letter-reason.ts'
import { detailOf } from './detail.ts'
import type { ServiceEvent } from './service-event.ts'
import { textOfUtf8 } from './utf8.ts'

/** A message as it came from Kafka. */
export interface RawMessage {
  /** The contract's name of the topic, without a prefix. */
  readonly topic: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: Headers
}

/** 64 KiB. Sizes are of the value alone. */
export const maxValueBytes = 64 * 1024

/**
 * Bytes to an accepted event, or a dead letter with the first reason that applies, in the order of `deadLetterReasons`. Never
 * throws, whatever the bytes are. `conflicting_duplicate` is not decided here: it takes knowledge of other events.
 */
export function decodeEvent(message: RawMessage, nowMs: number): Outcome<ServiceEvent, DeadLetterReason> {
  const { value, headers } = message
  // A tombstone deletes nothing here: no topic is compacted, withdrawals are events.
  if (value === null) return refused('not_json', 'JSON in UTF-8, not an empty message')
  if (value.length > maxValueBytes) return refused('too_large', 'at most 64 KiB')
  const json = parseJson(value)
  if (json === undefined) return refused('not_json', 'JSON in UTF-8')

  const attributes = attributesInHeaders(headers)
  if (attributes !== undefined) return checkEvent(attributes, json, message, nowMs)
  if (!isObject(json)) return refused('not_cloudevent', 'one CloudEvent as a JSON object')
  return checkEvent(json, json.data, message, nowMs)
}

/** Undefined, which no JSON text stands for, when the bytes are no JSON in UTF-8. */
function parseJson(bytes: Buffer): unknown {
  const text = textOfUtf8(bytes)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function refused(reason: DeadLetterReason, expected: string): Outcome<never, DeadLetterReason> {
  return { kind: 'dead_letter', reason, detail: detailOf('', expected) }
}
