import { readFileSync } from 'node:fs'
import { asyncApi } from '@bina/events/async-api'
import { eventTypes } from '@bina/events/event-data'
import { jsonSchemaOf } from '@bina/events/json-schema'
import type { EventType } from '@bina/events/service-event'
import type { GeneratedFile } from './generated-file.ts'

const fixtures = new URL('../../packages/events/fixtures/', import.meta.url)

/** The event contract for other people's tools: a JSON Schema per type and an AsyncAPI document. */
export function contractDocuments(): readonly GeneratedFile[] {
  const examples = Object.fromEntries(eventTypes.map((type) => [type, validEvent(type)])) as Record<EventType, unknown>
  return [
    document('asyncapi.json', asyncApi(examples)),
    ...eventTypes.map((type) => document(`schemas/${type}.json`, jsonSchemaOf(type))),
  ]
}

function validEvent(type: EventType): unknown {
  return JSON.parse(readFileSync(new URL(`${type}.json`, fixtures), 'utf8')).event
}

function document(name: string, content: unknown): GeneratedFile {
  return { path: `docs/contract/${name}`, text: `${JSON.stringify(content, null, 2)}\n` }
}
