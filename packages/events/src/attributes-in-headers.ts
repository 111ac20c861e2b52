import { isUtf8 } from 'node:buffer'

/** A Kafka client gives a header once or, when it was sent several times, as a list. */
export type HeaderValue = Buffer | string | readonly (Buffer | string)[] | null | undefined
export type Headers = Readonly<Record<string, HeaderValue>>

const prefix = 'ce_'
const attributesWithPrefix = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'dataschema',
  'supersedes',
] as const

/** What stands where a header cannot be read as one text: no check of an attribute accepts it. */
const unreadable = Symbol('unreadable header')

/**
 * The CloudEvents attributes of a message in binary content mode; undefined when the message is in structured mode: it has no
 * `ce_` headers, or says by its content type that they only repeat what the event in its value says.
 */
export function attributesInHeaders(headers: Headers): Readonly<Record<string, unknown>> | undefined {
  if (!hasAttributes(headers)) return undefined
  const contentType = textOf(headers['content-type'])
  if (typeof contentType === 'string' && /^application\/cloudevents/i.test(contentType)) return undefined

  // In this mode the content type says what CloudEvents' JSON form says in `datacontenttype`.
  const attributes: Record<string, unknown> = { datacontenttype: contentType ?? textOf(headers.ce_datacontenttype) }
  for (const name of attributesWithPrefix) attributes[name] = textOf(headers[prefix + name])
  return attributes
}

function hasAttributes(headers: Headers): boolean {
  for (const name in headers) {
    if (name.startsWith(prefix) && headers[name] !== undefined && headers[name] !== null) return true
  }
  return false
}

/**
 * A header that was sent twice with different values is unreadable: which of the two counts would depend on the reader, and with
 * it the event's identity.
 */
function textOf(value: HeaderValue): string | typeof unreadable | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  if (Buffer.isBuffer(value)) return isUtf8(value) ? value.toString('utf8') : unreadable
  if (!Array.isArray(value)) return unreadable
  const texts = new Set(value.map(textOf))
  const [text] = texts
  return texts.size > 1 ? unreadable : text
}
