import { textOfUtf8 } from './utf8.ts'

/** A Kafka client gives a header once or, when it was sent several times, as a list. */
export type HeaderValue = Buffer | string | readonly (Buffer | string)[] | null | undefined
export type Headers = Readonly<Record<string, HeaderValue>>

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

  return {
    specversion: textOf(headers.ce_specversion),
    id: textOf(headers.ce_id),
    source: textOf(headers.ce_source),
    type: textOf(headers.ce_type),
    subject: textOf(headers.ce_subject),
    time: textOf(headers.ce_time),
    // In this mode the content type says what CloudEvents' JSON form says in `datacontenttype`.
    datacontenttype: contentType ?? textOf(headers.ce_datacontenttype),
    dataschema: textOf(headers.ce_dataschema),
    supersedes: textOf(headers.ce_supersedes),
  }
}

function hasAttributes(headers: Headers): boolean {
  for (const name in headers) {
    if (name.startsWith('ce_') && headers[name] !== undefined && headers[name] !== null) return true
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
  if (Buffer.isBuffer(value)) return textOfUtf8(value) ?? unreadable
  if (!Array.isArray(value)) return unreadable
  const texts = new Set(value.map(textOf))
  const [text] = texts
  return texts.size > 1 ? unreadable : text
}
