import type { ArrivedMessage } from '../ports/arrived-message.ts'

/** The HTTP door says when it took the event; an event that came straight to Kafka has its record's timestamp. */
export function ingestedAtMs(message: ArrivedMessage): number {
  const header = message.headers['bina-ingested-at']
  const text = Array.isArray(header) ? undefined : header?.toString()
  const ms = text === undefined ? Number.NaN : Date.parse(text)
  // Whoever may write to the topic may write this header too: a clock that is not near the record's is not believed.
  return Math.abs(ms - message.recordAtMs) <= 3_600_000 ? ms : message.recordAtMs
}

/** Judged by the record's own time, so that a redelivery says the same; a record from the future has no say. */
export function judgedAtMs(message: ArrivedMessage, nowMs: number): number {
  return Math.min(nowMs, message.recordAtMs)
}

/** Header names with the base64 of each of their values. */
export function headersJson({ headers }: Pick<ArrivedMessage, 'headers'>): string {
  const encoded = Object.entries(headers).map(([name, value]) => [
    name,
    (Array.isArray(value) ? value : [value ?? '']).map((part) => Buffer.from(part).toString('base64')),
  ])
  return JSON.stringify(Object.fromEntries(encoded))
}
