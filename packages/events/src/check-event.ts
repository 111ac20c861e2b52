import type { Outcome } from '@bina/domain/outcome'
import { type Attributes, checkAttributes } from './check-attributes.ts'
import { checkData } from './check-data.ts'
import type { DeadLetterReason } from './dead-letter-reason.ts'
import { detailOf } from './detail.ts'
import { type EventType, parseEventType } from './event-data.ts'
import type { ServiceEvent } from './service-event.ts'
import { eventTopics, keyOf, laneOf, liveTopicOf, topicInLane, topicOf } from './topics.ts'

/** Where on Kafka an event was found. */
export interface Place {
  /** The contract's name of the topic, without a prefix. */
  readonly topic: string
  readonly key: Buffer | null
}

/** An event that says it happened later than this from now has a wrong clock or zone. */
export const farthestAheadMs = 24 * 60 * 60 * 1000

/**
 * Judges one event from its attributes and data; the first check that fails names the reason. Without a place (HTTP, files)
 * topic and key are not asked for: whoever publishes the event then chooses them.
 */
export function checkEvent(
  rawAttributes: Readonly<Record<string, unknown>>,
  rawData: unknown,
  place: Place | undefined,
  nowMs: number,
): Outcome<ServiceEvent, DeadLetterReason> {
  const attributes = checkAttributes(rawAttributes)
  if (attributes.kind === 'dead_letter') return attributes

  const type = parseEventType(attributes.value.type)
  if (type === undefined) return refused('unknown_type', '/type', 'a type of the contract')
  const topic = topicOf(type)
  if (place !== undefined && topic !== undefined && topic !== liveTopicOf(place.topic)) {
    const due = topicInLane(topic, laneOf(place.topic))
    return refused('unknown_type', '/type', `a type of this topic: ${type} belongs on ${due}`)
  }

  const data = checkData(type, rawData)
  if (data.kind === 'dead_letter') return data
  return checkPlace(eventOf(attributes.value, type, data.value), place, nowMs)
}

/** From attributes, and from a type and data that were checked together, which TypeScript cannot follow through the union. */
export function eventOf(attributes: Omit<Attributes, 'type'>, type: EventType, data: unknown): ServiceEvent {
  const { source, id, subject, time, occurredAtMs, dataschema, supersedes } = attributes
  // Field by field: spreading costs more than all checks together.
  const fields: Record<string, unknown> = { source, id, type, subject, occurredAtMs, time, data }
  if (dataschema !== undefined) fields.dataschema = dataschema
  if (supersedes !== undefined) fields.supersedes = supersedes
  return fields as unknown as ServiceEvent
}

/** Whether an event of this topic has the key that it must have, and is not from the future. */
export function checkPlace(
  event: ServiceEvent,
  place: Place | undefined,
  nowMs: number,
): Outcome<ServiceEvent, DeadLetterReason> {
  const topic = topicOf(event.type)
  if (place !== undefined && topic !== undefined && !isText(place.key, keyOf(event))) {
    return refused('key_mismatch', '', `the Kafka key ${keyRules.get(topic)}`)
  }
  if (event.occurredAtMs > nowMs + farthestAheadMs) return refused('time_in_future', '/time', 'at most 24 hours ahead')
  return { kind: 'ok', value: event }
}

const keyRules: ReadonlyMap<string, string> = new Map(eventTopics.map((topic) => [topic.name, topic.key]))

// A due key is ASCII, so one character stands for one byte.
function isText(key: Buffer | null, due: string): boolean {
  return key !== null && key.length === due.length && key.toString('latin1') === due
}

function refused(reason: DeadLetterReason, pointer: string, expected: string): Outcome<never, DeadLetterReason> {
  return { kind: 'dead_letter', reason, detail: detailOf(pointer, expected) }
}
