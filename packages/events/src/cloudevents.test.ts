import { CloudEvent, Kafka } from 'cloudevents'
import { expect, test } from 'vitest'
import type { Headers } from './attributes-in-headers.ts'
import { decodeEvent } from './decode-event.ts'
import { encodeEvent } from './encode-event.ts'
import { readGoldenFixtures, structuredMessage } from './golden-fixture.ts'

// Conformity with the CloudEvents SDK for JavaScript, in both directions and both content modes.
const fixtures = readGoldenFixtures()

test.each(fixtures.map((fixture) => [String(fixture.event.id), fixture] as const))(
  'an event that the SDK wrote is accepted with the same content: %s',
  (_, fixture) => {
    const event = new CloudEvent({ ...fixture.event, supersedes: 'ex-1' })
    for (const mode of ['structured', 'binary'] as const) {
      const written = Kafka[mode](event)
      const text = typeof written.value === 'string' ? written.value : JSON.stringify(written.value)
      const outcome = decodeEvent(
        {
          topic: fixture.topic,
          key: Buffer.from(fixture.key),
          value: Buffer.from(text),
          headers: written.headers as Headers,
        },
        Date.parse(fixture.now),
      )
      expect(outcome).toMatchObject({
        kind: 'ok',
        value: {
          id: fixture.event.id,
          type: fixture.type,
          occurredAtMs: Date.parse(String(fixture.event.time)),
          data: fixture.event.data,
          supersedes: 'ex-1',
        },
      })
    }
  },
)

test.each(fixtures.map((fixture) => [String(fixture.event.id), fixture] as const))(
  'an event that Bina wrote is read alike by the SDK: %s',
  (_, fixture) => {
    const outcome = decodeEvent(structuredMessage(fixture, { name: 'valid' }), Date.parse(fixture.now))
    if (outcome.kind === 'dead_letter') throw new Error(outcome.detail)
    for (const mode of ['structured', 'binary'] as const) {
      const { key, value, headers } = encodeEvent(outcome.value, mode)
      const read = Kafka.toEvent({
        key,
        headers: { ...headers },
        value: value.toString(),
        body: value.toString(),
      } as unknown as Parameters<typeof Kafka.toEvent>[0])
      if (!(read instanceof CloudEvent)) throw new Error('what was read is not one event')
      expect(read.validate()).toBe(true)
      expect(read).toMatchObject({ id: fixture.event.id, source: fixture.event.source, type: fixture.type })
      expect(read.data).toEqual(fixture.event.data)
      expect(Date.parse(String(read.time))).toBe(Date.parse(String(fixture.event.time)))
    }
  },
)
