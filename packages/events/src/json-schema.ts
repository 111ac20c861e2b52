import { z } from 'zod'
import { envelopeSchema } from './envelope.ts'
import { dataSchemas, type EventType } from './event-data.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

// Draft 7 is what AsyncAPI 3 and most validators read without being told. What a schema cannot say (a week is a Monday, no more
// items in order than checked, no control characters, days before 1970 in `time`) decode alone checks.
const options = { target: 'draft-7', io: 'input' } as const

/** The published schema of a type's `data`: what `dataschema` points to. */
export function jsonSchemaOf(type: EventType): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(dataSchemas[type], options)
  return { $schema, $id: `urn:bina:schema:${type}`, title: type, ...schema }
}

/** The schema of a whole event in structured mode, without its type and data. */
export function envelopeJsonSchema(): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(envelopeSchema, options)
  return schema
}
