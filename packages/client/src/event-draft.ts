import { createHash } from 'node:crypto'
import { parseInstant } from '@bina/events/instant'
import type { EventContent, EventData, EventType } from '@bina/events/service-event'
import { InvalidEventError } from './client-errors.ts'

export interface EventAttributes {
  /** When it happened in the world: a Date, or RFC 3339 with an offset (`2026-05-04T07:28:00+07:00`). */
  readonly time: Date | string
  /** Your own id of the event, 1 to 128 characters, unique within your source. Without it one is made from what the event
   *  says, so that telling the same fact again is a repeat and counts once. */
  readonly id?: string
  /** The id of your earlier event that this one replaces. */
  readonly supersedes?: string
}

/** What a constructor takes: the event's data and when it happened, side by side. */
export type EventInput<T extends EventType> = EventAttributes & EventData[T]

/** An event that lacks only its source, which the client knows. */
export type EventDraft<T extends EventType = EventType> = EventContent<T> & {
  readonly id: string
  readonly time: string
  readonly supersedes?: string
}

export type EventConstructor<T extends EventType> = (input: EventInput<T>) => EventDraft<T>

export function eventConstructor<T extends EventType>(
  type: T,
  subjectOf: (data: EventData[T]) => string,
): EventConstructor<T> {
  return (input) => {
    const { time, id, supersedes, ...rest } = input
    // What is left of an input when its attributes are taken away is the type's data.
    const data = rest as unknown as EventData[T]
    return createDraft(
      type,
      subjectOf(data),
      { time, ...(id !== undefined && { id }), ...(supersedes !== undefined && { supersedes }) },
      data,
    )
  }
}

export function createDraft<T extends EventType>(
  type: T,
  subject: string,
  attributes: EventAttributes,
  data: EventData[T],
): EventDraft<T> {
  const { supersedes } = attributes
  const time = timeText(attributes.time)
  const said = { type, subject, data, ...(supersedes !== undefined && { supersedes }) }
  const id = attributes.id ?? contentId({ ...said, at: parseInstant(time) ?? time })
  // Type and data belong together by the signature.
  return { ...said, id, time } as unknown as EventDraft<T>
}

function timeText(time: Date | string): string {
  if (typeof time === 'string') return time
  if (Number.isNaN(time.getTime())) {
    throw new InvalidEventError([
      { index: 0, pointer: '/time', expected: 'a Date that holds a time', reason: 'not_cloudevent' },
    ])
  }
  return time.toISOString()
}

/** The same for the same content, whatever the order of its fields. */
function contentId(content: Readonly<Record<string, unknown>>): string {
  return `c-${createHash('sha256').update(canonical(content)).digest('base64url')}`
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`)
    .join()}}`
}
