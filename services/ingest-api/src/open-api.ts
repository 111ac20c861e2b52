import { eventTypes } from '@bina/events/event-data'
import { envelopeJsonSchema } from '@bina/events/json-schema'
import { lanes } from '@bina/events/topics'
import { version } from '@bina/runtime/version'
import { problemCodes } from './problem.ts'
import { maxBatchEvents } from './read-request.ts'

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})

/** This door in OpenAPI 3.1. The events themselves are described by their own JSON Schemas. */
export function openApi(): object {
  const event = { $ref: '#/components/schemas/Event' }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bina: events in',
      version,
      description:
        'Takes CloudEvents and answers once Kafka keeps them. The same events may be sent to Kafka directly.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: {
      '/v1/events': {
        post: {
          operationId: 'publishEvents',
          summary: 'Publish one event or a batch',
          security: [{ key: [] }],
          parameters: [
            {
              name: 'lane',
              in: 'query',
              description:
                'backfill: history, which is taken in behind everything live. The same keys, rules and answers.',
              schema: { type: 'string', enum: [...lanes], default: 'live' },
            },
          ],
          requestBody: {
            required: true,
            content: {
              'application/cloudevents+json': { schema: event },
              'application/cloudevents-batch+json': {
                schema: { type: 'array', maxItems: maxBatchEvents, items: event },
              },
              'application/json': { schema: { description: 'The data alone; the attributes stand in ce- headers.' } },
            },
          },
          responses: {
            202: {
              description: 'Every accepted event is on all in-sync replicas of Kafka. Of a batch, see each result.',
              content: { 'application/json': { schema: { oneOf: [ref('Accepted'), ref('BatchResult')] } } },
            },
            400: problem('Not JSON in UTF-8, headers that contradict each other, or no such lane'),
            401: problem('No key, or one that is not known'),
            403: problem('The key may not publish for this source, or not this type'),
            413: problem(
              `An event of more than 64 KiB, a body of more than 1 MiB, or more than ${maxBatchEvents} events`,
            ),
            415: problem('Another content type, charset or encoding'),
            422: problem('The event, or every event of the batch, is not as the contract wants it'),
            503: {
              ...problem('Kafka cannot keep the events now: send all of them again after Retry-After'),
              headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } },
            },
          },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Event: {
          allOf: [envelopeJsonSchema()],
          oneOf: eventTypes.map((type) => ({
            required: ['type', 'data'],
            properties: { type: { const: type }, data: { $ref: `/schemas/${type}.json` } },
          })),
        },
        Accepted: {
          type: 'object',
          required: ['status', 'source', 'id'],
          properties: { status: { const: 'accepted' }, source: { type: 'string' }, id: { type: 'string' } },
        },
        BatchResult: {
          type: 'object',
          required: ['accepted', 'duplicates', 'rejected', 'results'],
          properties: {
            accepted: { type: 'integer' },
            duplicates: { type: 'integer' },
            rejected: { type: 'integer' },
            results: { type: 'array', items: ref('Result') },
          },
        },
        Result: {
          type: 'object',
          required: ['index', 'status'],
          properties: {
            index: { type: 'integer', description: 'Place in the batch, from 0' },
            status: { enum: ['accepted', 'duplicate', 'rejected'] },
            id: { type: 'string' },
            reason: { $ref: '#/components/schemas/Code' },
            pointer: { type: 'string', description: 'JSON pointer into the batch' },
            detail: { type: 'string' },
          },
        },
        Code: { type: 'string', enum: problemCodes },
        Problem: {
          type: 'object',
          description: 'RFC 9457',
          required: ['type', 'title', 'status', 'code', 'requestId'],
          properties: {
            type: { type: 'string', format: 'uri' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { $ref: '#/components/schemas/Code' },
            detail: { type: 'string' },
            pointer: { type: 'string', description: 'JSON pointer into the body' },
            requestId: { type: 'string' },
          },
        },
      },
    },
  }
}

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` }
}
