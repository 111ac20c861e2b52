import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { eventTypes } from './event-data.ts'
import { eventOf, readGoldenFixtures } from './golden-fixture.ts'
import { envelopeJsonSchema, jsonSchemaOf } from './json-schema.ts'

function validator() {
  const ajv = new Ajv({ allErrors: false })
  // The package's default export hides behind its CommonJS form.
  ;(formats as unknown as (ajv: Ajv) => void)(ajv)
  return ajv
}

const fixtures = readGoldenFixtures()

describe.each(eventTypes)('the published schema of %s', (type) => {
  const accepts = validator().compile(jsonSchemaOf(type))
  const about = fixtures.filter((fixture) => fixture.type === type)

  test('accepts the data of every accepted golden event', () => {
    for (const fixture of about) {
      expect(accepts(fixture.event.data), JSON.stringify(accepts.errors)).toBe(true)
      for (const golden of fixture.accepted) {
        const event = eventOf(fixture, golden)
        if (event !== undefined) expect(accepts(event.data), golden.name).toBe(true)
      }
    }
  })

  test('refuses the data that decode refuses, but for what a schema cannot say', () => {
    for (const fixture of about) {
      for (const golden of fixture.refused) {
        const event = eventOf(fixture, golden)
        if (event === undefined || (golden.reason !== 'schema_violation' && golden.reason !== 'personal_data')) continue
        expect(accepts(event.data), golden.name).toBe(golden.schemaAccepts === true)
      }
    }
  })

  test('has no reference to other files and says what the event is', () => {
    expect(JSON.stringify(jsonSchemaOf(type))).not.toContain('$ref')
    expect(jsonSchemaOf(type).description).toBeTypeOf('string')
  })
})

test('the schema of attributes accepts every accepted golden event', () => {
  const accepts = validator().compile(envelopeJsonSchema())
  for (const fixture of fixtures) {
    for (const golden of fixture.accepted) {
      const event = eventOf(fixture, golden)
      if (event !== undefined) expect(accepts(event), `${golden.name} ${JSON.stringify(accepts.errors)}`).toBe(true)
    }
  }
})
