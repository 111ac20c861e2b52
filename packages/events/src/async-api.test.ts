import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { asyncApi } from './async-api.ts'
import { type EventType, eventTypes } from './event-data.ts'
import { readGoldenFixtures } from './golden-fixture.ts'
import { lanes, topicsOfLane } from './topics.ts'

const examples = Object.fromEntries(readGoldenFixtures().map((fixture) => [fixture.type, fixture.event]))
const document = asyncApi(examples as Record<EventType, unknown>)

test('the AsyncAPI document is valid AsyncAPI 3', () => {
  const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0-without-$id.json')
  const ajv = new Ajv({ strict: false, validateFormats: true })
  // The package's default export hides behind its CommonJS form.
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  const accepts = ajv.compile(schema)
  expect(accepts(document), JSON.stringify(accepts.errors, null, 1)).toBe(true)
})

test('every reference in it leads somewhere, and every event type stands on its topic', () => {
  for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    let target: unknown = document
    for (const step of String(reference).split('/')) target = (target as Record<string, unknown>)[step]
    expect(target, reference).toBeTypeOf('object')
  }
  for (const topic of lanes.flatMap((lane) => topicsOfLane(lane))) {
    expect(Object.keys(document.channels[topic.name]?.messages ?? {})).toEqual(expect.arrayContaining([...topic.types]))
  }
})

test('its payload schemas accept their own examples', () => {
  const ajv = new Ajv({ strict: false })
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  ajv.addSchema(JSON.parse(JSON.stringify(document)), 'doc')
  for (const type of eventTypes) {
    const accepts = ajv.getSchema(`doc#/components/messages/${type}/payload`)
    expect(accepts?.(examples[type]), `${type} ${JSON.stringify(accepts?.errors)}`).toBe(true)
    expect(accepts?.({ ...examples[type], type: 'other' })).toBe(false)
  }
})
