import { readdirSync, readFileSync } from 'node:fs'
import type { Headers } from './attributes-in-headers.ts'
import type { DeadLetterReason } from './dead-letter-reason.ts'
import type { RawMessage } from './decode-event.ts'
import type { EventType } from './service-event.ts'

/** One operation of RFC 6902, as far as the fixtures use it. */
interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: string
  readonly value?: unknown
}

/** One way in which a message may differ from the fixture's event, and what becomes of it. */
export interface GoldenCase {
  readonly name: string
  /** Applied to the event. */
  readonly patch?: readonly PatchOperation[]
  /** The value as text instead of the event; null for a message without a value. */
  readonly raw?: string | null
  /** The value as bytes that are no text. */
  readonly rawBase64?: string
  /** The value's size in bytes, reached with an extension attribute. */
  readonly padTo?: number
  readonly topic?: string
  readonly key?: string | null
  /** Absent in accepted cases. */
  readonly reason?: DeadLetterReason
  /** The JSON pointer that the sender is told; empty when it is about the whole message. */
  readonly at?: string
  /** Decode refuses the data for something that the published JSON Schema cannot say. */
  readonly schemaAccepts?: boolean
}

/** A valid event, how it travels, and one of each way to be right or wrong: `fixtures/<type>.json`, and `envelope.json`. */
export interface GoldenFixture {
  readonly type: EventType
  readonly topic: string
  readonly key: string
  readonly now: string
  readonly event: Readonly<Record<string, unknown>>
  readonly accepted: readonly GoldenCase[]
  readonly refused: readonly GoldenCase[]
}

const folder = new URL('../fixtures/', import.meta.url)

export function readGoldenFixtures(): readonly GoldenFixture[] {
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
}

/** The event of a case; undefined when its value is given as bytes. */
export function eventOf(fixture: GoldenFixture, golden: GoldenCase): Readonly<Record<string, unknown>> | undefined {
  if (golden.raw !== undefined || golden.rawBase64 !== undefined) return undefined
  const event = structuredClone(fixture.event) as Record<string, unknown>
  for (const { op, path, value } of golden.patch ?? []) {
    const steps = path.slice(1).split('/')
    const name = steps.pop() ?? ''
    let parent = event
    for (const step of steps) parent = parent[step] as Record<string, unknown>
    if (op === 'remove') delete parent[name]
    else parent[name] = value
  }
  if (golden.padTo !== undefined) {
    const size = Buffer.byteLength(JSON.stringify({ ...event, padding: '' }))
    event.padding = 'p'.repeat(golden.padTo - size)
  }
  return event
}

/** The case as a message in structured mode. */
export function structuredMessage(fixture: GoldenFixture, golden: GoldenCase): RawMessage {
  return { ...placeOf(fixture, golden), value: bytesOf(fixture, golden), headers: {} }
}

/** The case as a message in binary mode; undefined when that mode has no way to say it. */
export function binaryMessage(fixture: GoldenFixture, golden: GoldenCase): RawMessage | undefined {
  const event = eventOf(fixture, golden)
  if (event === undefined || golden.padTo !== undefined) return undefined
  const { data, datacontenttype, ...attributes } = event
  if (data === undefined) return undefined
  const headers: Record<string, Headers[string]> = {}
  for (const [name, value] of Object.entries({ ...attributes, datacontenttype })) {
    if (value === undefined || value === null) continue
    if (typeof value !== 'string') return undefined
    headers[name === 'datacontenttype' ? 'content-type' : `ce_${name}`] = Buffer.from(value)
  }
  return { ...placeOf(fixture, golden), value: Buffer.from(JSON.stringify(data)), headers }
}

function placeOf(fixture: GoldenFixture, golden: GoldenCase): Pick<RawMessage, 'topic' | 'key'> {
  const key = golden.key === undefined ? fixture.key : golden.key
  return { topic: golden.topic ?? fixture.topic, key: key === null ? null : Buffer.from(key) }
}

function bytesOf(fixture: GoldenFixture, golden: GoldenCase): Buffer | null {
  if (golden.raw === null) return null
  if (golden.raw !== undefined) return Buffer.from(golden.raw)
  if (golden.rawBase64 !== undefined) return Buffer.from(golden.rawBase64, 'base64')
  return Buffer.from(JSON.stringify(eventOf(fixture, golden)))
}
