import type { Outcome } from '@bina/domain/outcome'
import { detailOf } from './detail.ts'
import {
  datacontenttypePattern,
  dataschemaPattern,
  eventIdPattern,
  maxDataschemaLength,
  maxSourceLength,
  sourcePattern,
  subjectPattern,
} from './envelope.ts'
import { parseInstant } from './instant.ts'

/** The attributes that Bina reads; `type` is any text yet. */
export interface Attributes {
  readonly source: string
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly occurredAtMs: number
  readonly dataschema?: string
  readonly supersedes?: string
}

/**
 * What `envelopeSchema` says, written out by hand because every event passes here. Attributes that it does not know pass;
 * null means "not set", as in CloudEvents' JSON format.
 *
 * `subject` is not held against `data`: the entity that counts is the one in `data`, and a publisher that names, say, the
 * roster's person as subject has done no harm.
 */
export function checkAttributes(raw: Readonly<Record<string, unknown>>): Outcome<Attributes, 'not_cloudevent'> {
  const { specversion, id, source, type, subject, time, datacontenttype, dataschema, supersedes } = raw
  if (specversion !== '1.0') return broken('/specversion', '1.0')
  if (typeof id !== 'string' || !eventIdPattern.test(id)) return broken('/id', eventIdWords)
  if (typeof source !== 'string' || source.length > maxSourceLength || !sourcePattern.test(source)) {
    return broken('/source', 'a URI reference of at most 256 characters')
  }
  if (typeof type !== 'string' || type === '') return broken('/type', 'an event type')
  if (typeof subject !== 'string' || !subjectPattern.test(subject)) {
    return broken('/subject', 'a unit id or complaint id: 1 to 64 of A-Z a-z 0-9 . _ : / -')
  }
  const occurredAtMs = typeof time === 'string' ? parseInstant(time) : undefined
  if (typeof time !== 'string' || occurredAtMs === undefined) {
    return broken('/time', 'RFC 3339 with an offset, from 1970 on')
  }
  if (isSet(datacontenttype) && !matches(datacontenttypePattern, datacontenttype)) {
    return broken('/datacontenttype', 'absent or application/json')
  }
  if (isSet(dataschema) && !(isAtMost(maxDataschemaLength, dataschema) && matches(dataschemaPattern, dataschema))) {
    return broken('/dataschema', 'an absolute URI of at most 2048 characters')
  }
  if (isSet(supersedes) && !matches(eventIdPattern, supersedes)) return broken('/supersedes', eventIdWords)
  const attributes: Writable<Attributes> = { source, id, type, subject, time, occurredAtMs }
  if (typeof dataschema === 'string') attributes.dataschema = dataschema
  if (typeof supersedes === 'string') attributes.supersedes = supersedes
  return { kind: 'ok', value: attributes }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

const eventIdWords = '1 to 128 characters, none a control character'

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function isAtMost(length: number, value: unknown): boolean {
  return typeof value === 'string' && value.length <= length
}

function broken(pointer: string, expected: string): Outcome<never, 'not_cloudevent'> {
  return { kind: 'dead_letter', reason: 'not_cloudevent', detail: detailOf(pointer, expected) }
}
