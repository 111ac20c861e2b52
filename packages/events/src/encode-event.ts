import type { Attributes } from './check-attributes.ts'
import type { EventContent, EventType } from './service-event.ts'
import { keyOf } from './topics.ts'

/** CloudEvents content modes: the whole event in the value, or its attributes in headers and only `data` in the value. */
export type ContentMode = 'structured' | 'binary'

/** An event to be published; `time` is RFC 3339 with an offset. An accepted `ServiceEvent` is one, too. */
export type EventToEncode<T extends EventType = EventType> = EventContent<T> &
  Omit<Attributes, 'type' | 'subject' | 'occurredAtMs'>

export interface EncodedEvent {
  readonly key: string
  readonly value: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Key, value and headers of an event's Kafka message. It does not judge the event: `checkEvent` does, before or after. */
export function encodeEvent(event: EventToEncode, mode: ContentMode = 'structured'): EncodedEvent {
  const { id, source, type, subject, time, dataschema, supersedes, data } = event
  const attributes = {
    specversion: '1.0',
    id,
    source,
    type,
    subject,
    time,
    ...(dataschema !== undefined && { dataschema }),
    ...(supersedes !== undefined && { supersedes }),
  }
  const key = keyOf(event)
  switch (mode) {
    case 'structured': {
      const value = Buffer.from(JSON.stringify({ ...attributes, datacontenttype: 'application/json', data }))
      return { key, value, headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' } }
    }
    case 'binary': {
      const headers = Object.entries(attributes).map(([name, text]) => [`ce_${name}`, text] as const)
      return {
        key,
        value: Buffer.from(JSON.stringify(data)),
        headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
      }
    }
    default:
      return mode satisfies never
  }
}
