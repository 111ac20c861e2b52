import { encodeEvent } from '@bina/events/encode-event'
import type { Lane } from '@bina/events/topics'
import { type EventTransport, type PublishResult, TransportError } from './transport.ts'

export interface HttpTransportConfig {
  /** Where Bina's HTTP door stands: `https://bina.example`. */
  readonly url: string
  /** The access key, from your secrets. */
  readonly key: string
  /** `backfill` for history: months of events, which Bina takes in behind everything live. */
  readonly lane?: Lane
  readonly timeoutMs?: number
}

export interface HttpTransportDeps {
  readonly fetch?: typeof fetch
}

/** For systems without a way to Kafka: POST /v1/events in batch mode. The answer is as good: Kafka has acknowledged.
 *  @throws TypeError for a url that is none, or an empty key */
export function createHttpTransport(config: HttpTransportConfig, deps: HttpTransportDeps = {}): EventTransport {
  const { key, timeoutMs = 30_000 } = config
  if (!URL.canParse(config.url)) throw new TypeError('url: the address of the HTTP door, such as https://bina.example')
  if (key.trim() === '') throw new TypeError('key: the access key is empty')
  const url = new URL('v1/events', config.url.endsWith('/') ? config.url : `${config.url}/`)
  if (config.lane !== undefined) url.searchParams.set('lane', config.lane)
  const send = deps.fetch ?? fetch

  return {
    maxEvents: 1000,
    // Under the door's 1 MiB, with room for what stands between events.
    maxBytes: 1_000_000,
    publish: async (events) => {
      const body = `[${events.map((event) => encodeEvent(event).value.toString('utf8')).join()}]`
      const response = await send(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
        body,
        // The key goes nowhere else.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((cause: unknown) => {
        throw new TransportError('unreachable', `${url.origin} did not answer: ${reasonOf(cause)}`, {
          passing: true,
          cause,
        })
      })
      const answer: unknown = await response.json().catch(() => undefined)
      const results = resultsIn(answer, events.length)
      if ((response.status === 202 || response.status === 422) && results !== undefined) return results
      throw failureOf(response, answer)
    },
    close: async () => {},
  }
}

function resultsIn(answer: unknown, count: number): readonly PublishResult[] | undefined {
  const results = fieldOf(answer, 'results')
  if (!Array.isArray(results) || results.length !== count) return undefined
  const read = results.map((result): PublishResult | undefined => {
    const status = fieldOf(result, 'status')
    if (status === 'accepted' || status === 'duplicate') return { status }
    if (status !== 'rejected') return undefined
    return {
      status,
      reason: textIn(result, 'reason'),
      pointer: textIn(result, 'pointer').replace(/^\/\d+/, ''),
      detail: textIn(result, 'detail'),
    }
  })
  const known = read.filter((result) => result !== undefined)
  return known.length === count ? known : undefined
}

function failureOf(response: Response, answer: unknown): TransportError {
  const { status } = response
  const code = textIn(answer, 'code') || `http_${status}`
  const detail = textIn(answer, 'detail') || response.statusText
  // An answer of 202 that cannot be read is asked for again: a repeat changes nothing.
  const passing = status >= 500 || status === 408 || status === 429 || status === 202
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const waitMs = Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) * 1000 : undefined
  return new TransportError(code, `HTTP ${status} ${code}: ${detail}`, { passing, waitMs })
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function textIn(value: unknown, name: string): string {
  const text = fieldOf(value, name)
  return typeof text === 'string' ? text : ''
}

/** fetch hides what happened in the cause of its error. */
function reasonOf(error: unknown): string {
  const cause = fieldOf(error, 'cause')
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)
}
