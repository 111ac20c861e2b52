import type { Outcome } from '@bina/domain/outcome'
import { attributesInHeaders } from './attributes-in-headers.ts'
import { checkPlace, eventOf } from './check-event.ts'
import { contentHash, hashOfText } from './content-hash.ts'
import type { DeadLetterReason } from './dead-letter-reason.ts'
import { decodeEvent, maxValueBytes, type RawMessage } from './decode-event.ts'
import { maxSourceLength, sourcePattern, subjectPattern } from './envelope.ts'
import { dataSchemas, type EventType, eventTypes } from './event-data.ts'
import { parseInstant } from './instant.ts'
import { type PlainShape, plainShapeOf, plainText } from './plain-shape.ts'
import type { ServiceEvent } from './service-event.ts'
import { liveTopicOf, topicOf } from './topics.ts'

/** An accepted event with what is stored of it beside its attributes. */
export interface ReadEvent {
  readonly event: ServiceEvent
  /** `JSON.stringify` of its data. */
  readonly dataJson: string
  /** `contentHash` of it. */
  readonly contentHash: bigint
}

/**
 * What `decodeEvent` says of a message, with the text and the hash of what it accepts. Messages in structured mode that are written as our
 * own `encodeEvent` writes them, which are nearly all, take a short way, to the same answer: their data is neither parsed nor serialized
 * again. All else, and whatever is not accepted on the short way, takes the long one.
 */
export function readEvent(message: RawMessage, nowMs: number): Outcome<ReadEvent, DeadLetterReason> {
  const plain = readPlainEvent(message, nowMs)
  if (plain !== undefined) return { kind: 'ok', value: plain }
  const decoded = decodeEvent(message, nowMs)
  if (decoded.kind === 'dead_letter') return decoded
  const event = decoded.value
  return { kind: 'ok', value: { event, dataJson: JSON.stringify(event.data), contentHash: contentHash(event) } }
}

const attributesPattern = new RegExp(
  [
    `\\{"specversion":"1\\.0","id":"(${plainText}{1,128})","source":"(${plainText}{1,${maxSourceLength}})"`,
    `,"type":"([a-z0-9.-]+)","subject":"(${subjectPattern.source.slice(1, -1)})","time":"([0-9TZtz:.+-]+)"`,
    `(?:,"supersedes":"(${plainText}{1,128})")?,"datacontenttype":"application/json","data":`,
  ].join(''),
  'y',
)

const shapes: ReadonlyMap<string, { readonly type: EventType; readonly read: PlainShape }> = new Map(
  eventTypes.flatMap((type) => {
    const read = plainShapeOf(dataSchemas[type])
    return read === undefined ? [] : [[type, { type, read }] as const]
  }),
)

/** Undefined when the message is not written in that one way, or is not to be accepted. */
export function readPlainEvent(message: RawMessage, nowMs: number): ReadEvent | undefined {
  const { value, headers } = message
  if (value === null || value.length > maxValueBytes || attributesInHeaders(headers) !== undefined) return undefined
  // Bytes beyond ASCII become letters that no pattern here takes.
  const text = value.toString('latin1')
  attributesPattern.lastIndex = 0
  const found = attributesPattern.exec(text)
  if (found === null) return undefined
  // By place: taking a list apart costs more than matching it.
  const id = found[1] as string
  const source = found[2] as string
  const subject = found[4] as string
  const time = found[5] as string
  const supersedes = found[6]
  const shape = shapes.get(found[3] as string)
  if (shape === undefined) return undefined
  const { type } = shape
  const topic = topicOf(type)
  if (topic !== undefined && topic !== message.topic && topic !== liveTopicOf(message.topic)) return undefined
  const occurredAtMs = parseInstant(time)
  // Ids need no other look: every text that this pattern takes is an event id.
  if (occurredAtMs === undefined || !isSource(source)) return undefined
  const dataStart = attributesPattern.lastIndex
  const said = shape.read(text, dataStart)
  if (said === undefined || said.end !== text.length - 1 || text.charCodeAt(said.end) !== closingBrace) return undefined
  const attributes = { source, id, subject, time, occurredAtMs }
  const event = eventOf(supersedes === undefined ? attributes : { ...attributes, supersedes }, type, said.data)
  if (checkPlace(event, message, nowMs).kind !== 'ok') return undefined
  const revised = supersedes === undefined ? 'null' : `"${supersedes}"`
  const whole = `["${source}","${id}","${type}","${subject}",${occurredAtMs},null,${revised},[${said.inOrder}]]`
  return { event, dataJson: text.slice(dataStart, said.end), contentHash: hashOfText(whole) }
}

// Sources are few and their pattern is long: nearly every event is of the source of the one before.
let latestSource = ''
function isSource(text: string): boolean {
  if (text === latestSource) return true
  if (!sourcePattern.test(text)) return false
  latestSource = text
  return true
}

const closingBrace = 0x7d
