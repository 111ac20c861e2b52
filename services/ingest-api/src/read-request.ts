import { isUtf8 } from 'node:buffer'
import { maxValueBytes } from '@bina/events/decode-event'
import { ProblemError } from './problem.ts'
import { splitBatch } from './split-batch.ts'

/** What arrived as one event, before anything is known of it. */
export type Candidate =
  | {
      readonly kind: 'event'
      readonly attributes: Readonly<Record<string, unknown>>
      readonly data: unknown
    }
  | {
      readonly kind: 'unreadable'
      readonly reason: 'not_json' | 'not_cloudevent' | 'too_large'
      readonly detail: string
    }

export interface ReadRequest {
  readonly batch: boolean
  readonly candidates: readonly Candidate[]
}

export interface IncomingRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Names and values in turn, as they came, repeats included. */
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

export const maxBatchEvents = 1000

const structured = 'application/cloudevents+json'
const batched = 'application/cloudevents-batch+json'
const binary = 'application/json'

/** The three content modes of CloudEvents' HTTP binding: the content type decides. @throws ProblemError */
export function readRequest({ headers, rawHeaders, body }: IncomingRequest): ReadRequest {
  const encoding = textOf(headers['content-encoding'])
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new ProblemError('unsupported_encoding', 'Send the body as it is, without Content-Encoding.')
  }
  const type = mediaTypeOf(textOf(headers['content-type']))
  switch (type) {
    case structured:
      return { batch: false, candidates: [readStructured(body)] }
    case batched: {
      const elements = splitBatch(body)
      if (elements === undefined) throw new ProblemError('not_json', 'expected a JSON array of events in UTF-8')
      if (elements.length > maxBatchEvents) {
        throw new ProblemError(
          'batch_too_long',
          `A batch has at most ${maxBatchEvents} events, this one has ${elements.length}.`,
        )
      }
      return { batch: true, candidates: elements.map(readStructured) }
    }
    case binary:
      if (Object.keys(headers).some((name) => name.startsWith('ce-'))) {
        return { batch: false, candidates: [readBinary(rawHeaders, body)] }
      }
      throw unsupported('This is application/json without ce- headers.')
    default:
      throw unsupported(type === undefined ? 'There is no content type, or it names a charset that is not UTF-8.' : '')
  }
}

function unsupported(why: string): ProblemError {
  const detail = `${why} Send one event as ${structured}, several as ${batched}, or data as ${binary} with ce- headers.`
  return new ProblemError('unsupported_media_type', detail.trim(), {
    headers: { accept: `${structured}, ${batched}, ${binary}` },
  })
}

/** Undefined without a type, and with a charset that is not UTF-8. */
function mediaTypeOf(header: string | undefined): string | undefined {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters.find((parameter) => parameter.startsWith('charset'))
  if (charset !== undefined && !/^charset\s*=\s*"?utf-?8"?$/.test(charset)) return undefined
  return type === '' ? undefined : type
}

function readStructured(bytes: Buffer): Candidate {
  const json = parseJson(bytes)
  if ('kind' in json) return json
  const { value } = json
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'unreadable', reason: 'not_cloudevent', detail: 'expected one CloudEvent as a JSON object' }
  }
  const attributes = value as Readonly<Record<string, unknown>>
  return { kind: 'event', attributes, data: attributes.data }
}

function readBinary(rawHeaders: readonly string[], body: Buffer): Candidate {
  const attributes: Record<string, unknown> = Object.create(null)
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    if (!name.startsWith('ce-')) continue
    const attribute = name.slice(3)
    // Servers and proxies disagree on which of two counts, and with it on whose event this is.
    if (attribute in attributes) throw new ProblemError('header_repeated', `${name} stands twice.`)
    const value = attributeText(rawHeaders[at + 1] ?? '')
    if (value === undefined) {
      const detail = `/${attribute}: expected text with its percent signs encoded, as CloudEvents' HTTP binding has it`
      return { kind: 'unreadable', reason: 'not_cloudevent', detail }
    }
    attributes[attribute] = value
  }
  const json = parseJson(body)
  if ('kind' in json) return json
  return { kind: 'event', attributes, data: json.value }
}

/** A header's value as CloudEvents' HTTP binding writes it: perhaps quoted, what is not printable ASCII percent-encoded. */
function attributeText(header: string): string | undefined {
  const quoted = /^"(.*)"$/.exec(header.trim())?.[1]
  const text = quoted === undefined ? header.trim() : quoted.replace(/\\(.)/g, '$1')
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function parseJson(bytes: Buffer): { readonly value: unknown } | Extract<Candidate, { kind: 'unreadable' }> {
  if (bytes.length > maxValueBytes)
    return { kind: 'unreadable', reason: 'too_large', detail: 'expected at most 64 KiB' }
  try {
    if (isUtf8(bytes)) return { value: JSON.parse(bytes.toString('utf8')) }
  } catch {
    // Said below, in the same words.
  }
  return { kind: 'unreadable', reason: 'not_json', detail: 'expected JSON in UTF-8' }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header
}
