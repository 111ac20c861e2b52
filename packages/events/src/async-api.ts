import { deadLetterReasons } from './dead-letter-reason.ts'
import { type EventType, eventTypes } from './event-data.ts'
import { envelopeJsonSchema, jsonSchemaOf } from './json-schema.ts'
import { deadLetterTopic, eventTopics, type Topic, topics, withdrawnType } from './topics.ts'

const bindingVersion = '0.5.0'
const deadLetter = 'dead-letter'

/**
 * The AsyncAPI 3 document of the public topics, seen from Bina: it receives events and sends dead letters. `examples` holds a
 * whole valid event per type.
 */
export function asyncApi(examples: Readonly<Record<EventType, unknown>>) {
  const channels = topics.filter((topic) => topic.types.length > 0 || topic.name === deadLetterTopic)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Bina events',
      version: '1.0.0',
      license: { name: 'Apache-2.0' },
      description: [
        'CloudEvents 1.0 in structured mode (described here) or in binary mode (`ce_*` headers, the value is `data`), with any',
        'of the codecs none, gzip, snappy, lz4 and zstd, values of at most 64 KiB. (`source`, `id`) is the identity of an event:',
        'a repeat is a duplicate and changes nothing. No event carries free text, a name, a NIK, a NIP or a phone number.',
        `An event that is refused goes to \`${deadLetterTopic}\` with the reason.`,
      ].join(' '),
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(channels.map((topic) => [topic.name, channelOf(topic)])),
    operations: Object.fromEntries(
      channels.map((topic) => [
        topic.name === deadLetterTopic ? `send-${topic.name}` : `receive-${topic.name}`,
        {
          action: topic.name === deadLetterTopic ? 'send' : 'receive',
          channel: { $ref: `#/channels/${topic.name}` },
          summary: topic.purpose,
        },
      ]),
    ),
    components: {
      messages: {
        ...Object.fromEntries(eventTypes.map((type) => [type, messageOf(type, examples[type])])),
        [deadLetter]: deadLetterMessage,
      },
      schemas: {
        envelope: envelopeJsonSchema(),
        ...Object.fromEntries(
          eventTypes.map((type) => {
            const { $schema: _, $id: __, ...schema } = jsonSchemaOf(type)
            return [type, schema]
          }),
        ),
      },
    },
  }
}

function channelOf(topic: Topic) {
  const messages = topic.name === deadLetterTopic ? [deadLetter] : [...topic.types, withdrawnType]
  return {
    address: topic.name,
    title: topic.purpose,
    messages: Object.fromEntries(messages.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
    bindings: {
      kafka: { topic: topic.name, partitions: topic.partitions, topicConfiguration: configOf(topic), bindingVersion },
    },
  }
}

// The binding writes numbers as numbers and the clean-up policy as a list; the broker takes both as text.
function configOf(topic: Topic): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(topic.config).map(([name, value]) => [
      name,
      name === 'cleanup.policy' ? value.split(',') : Number(value),
    ]),
  )
}

function messageOf(type: EventType, example: unknown) {
  const keyRule = eventTopics.find((topic) => topic.types.some((candidate) => candidate === type))?.key
  return {
    name: type,
    title: type,
    summary: jsonSchemaOf(type).description,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: '#/components/schemas/envelope' },
        {
          type: 'object',
          required: ['type', 'data'],
          properties: { type: { const: type }, data: { $ref: `#/components/schemas/${type}` } },
        },
      ],
    },
    examples: [{ payload: example }],
    bindings: {
      kafka: { key: { type: 'string', description: keyRule ?? 'any, on any event topic' }, bindingVersion },
    },
  }
}

const deadLetterMessage = {
  name: deadLetter,
  title: 'A message that could not be accepted',
  summary: 'The original key, bytes and headers, unchanged, and headers that say why and where from.',
  contentType: 'application/octet-stream',
  headers: {
    type: 'object',
    required: ['bina-reason', 'bina-detail', 'bina-topic', 'bina-partition', 'bina-offset', 'bina-at'],
    properties: {
      'bina-reason': { type: 'string', enum: [...deadLetterReasons] },
      'bina-detail': { type: 'string', description: 'A JSON pointer, where there is one, and what was expected there' },
      'bina-topic': { type: 'string', description: 'The topic that the message came on' },
      'bina-partition': { type: 'string', description: 'Its partition' },
      'bina-offset': { type: 'string', description: 'Its offset' },
      'bina-at': { type: 'string', format: 'date-time', description: 'When it was set aside' },
    },
  },
  payload: { description: 'Any bytes' },
  bindings: { kafka: { key: { type: 'string', description: 'The original key' }, bindingVersion } },
}
