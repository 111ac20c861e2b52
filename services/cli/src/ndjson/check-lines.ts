import { checkEvent } from '@bina/events/check-event'
import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import { maxValueBytes } from '@bina/events/decode-event'
import { detailOf, pointerIn } from '@bina/events/detail'
import { encodeEvent } from '@bina/events/encode-event'
import type { ServiceEvent } from '@bina/events/service-event'
import { textOfUtf8 } from '@bina/events/utf8'
import { byteLines } from './byte-lines.ts'

export interface GoodLine {
  readonly kind: 'event'
  readonly line: number
  readonly bytes: number
  readonly event: ServiceEvent
}

/** What would become a dead letter, told before it is one. Nothing in it is a value of the file. */
export interface LineProblem {
  readonly kind: 'problem'
  readonly line: number
  /** Where the text stops being JSON, from 1; absent where nobody knows, or where the JSON is good. */
  readonly column?: number
  /** JSON pointer (RFC 6901); empty for the whole event. */
  readonly pointer: string
  readonly reason: DeadLetterReason
  /** Pointer and what was expected there. */
  readonly detail: string
}

/** Every line of a file of CloudEvents, one JSON object a line, held against the contract as the sink would; blank lines are passed over. */
export async function* checkedLines(
  chunks: AsyncIterable<Uint8Array>,
  clock: () => number,
): AsyncGenerator<GoodLine | LineProblem> {
  for await (const read of byteLines(chunks, maxValueBytes)) {
    if (read.kind === 'too_long') {
      yield problem(read.line, 'too_large', detailOf('', 'at most 64 KiB'))
      continue
    }
    const checked = checkLine(read.line, read.bytes, clock())
    if (checked !== undefined) yield checked
  }
}

function checkLine(line: number, bytes: Buffer, nowMs: number): GoodLine | LineProblem | undefined {
  const text = textOfUtf8(bytes)
  if (text === undefined) return problem(line, 'not_json', detailOf('', 'JSON in UTF-8'))
  if (text.trim() === '') return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ...problem(line, 'not_json', detailOf('', 'one whole JSON object on the line')), ...columnOf(error, text) }
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return problem(line, 'not_cloudevent', detailOf('', 'one CloudEvent as a JSON object'))
  }
  const attributes = json as Readonly<Record<string, unknown>>
  const checked = checkEvent(attributes, attributes.data, undefined, nowMs)
  if (checked.kind === 'dead_letter') return problem(line, checked.reason, checked.detail)
  // What is written to Kafka is not the line byte for byte; near the limit its own size decides.
  if (bytes.length > maxValueBytes / 2 && encodeEvent(checked.value).value.length > maxValueBytes) {
    return problem(line, 'too_large', detailOf('', 'at most 64 KiB'))
  }
  return { kind: 'event', line, bytes: bytes.length, event: checked.value }
}

function problem(line: number, reason: DeadLetterReason, detail: string): LineProblem {
  return { kind: 'problem', line, reason, detail, pointer: pointerIn(detail) }
}

/** V8 tells the place in its message, for most faults; the rest of the message quotes the line and stays here. */
function columnOf(error: unknown, text: string): { readonly column?: number } {
  const message = error instanceof Error ? error.message : ''
  if (/Unexpected end/.test(message)) return { column: text.length + 1 }
  const position = /at position (\d+)/.exec(message)?.[1]
  return position === undefined ? {} : { column: Number(position) + 1 }
}
