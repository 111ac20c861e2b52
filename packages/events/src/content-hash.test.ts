import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentHash } from './content-hash.ts'
import { decodeEvent } from './decode-event.ts'
import { encodeEvent } from './encode-event.ts'
import { readGoldenFixtures, structuredMessage } from './golden-fixture.ts'
import type { ServiceEvent } from './service-event.ts'

const fixtures = readGoldenFixtures()

function accepted(fixture: (typeof fixtures)[number], event: unknown): ServiceEvent {
  const value = Buffer.from(JSON.stringify(event))
  const outcome = decodeEvent({ ...structuredMessage(fixture, { name: 'valid' }), value }, Date.parse(fixture.now))
  if (outcome.kind === 'dead_letter') throw new Error(outcome.detail)
  return outcome.value
}

test('another order of fields, content mode, spelling of the time or extension is the same content', () => {
  fc.assert(
    fc.property(fc.constantFrom(...fixtures), fc.infiniteStream(fc.nat()), (fixture, orders) => {
      const shuffled = (value: unknown): unknown => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
        const placed = Object.entries(value).map(([name, field]) => ({ name, field, place: orders.next().value }))
        return Object.fromEntries(
          placed.sort((a, b) => a.place - b.place).map(({ name, field }) => [name, shuffled(field)]),
        )
      }
      const original = accepted(fixture, fixture.event)
      const rewritten = { ...fixture.event, time: '2026-11-20T01:30:00.000Z', traceparent: '00-1-1-01' }
      expect(contentHash(accepted(fixture, shuffled(rewritten)))).toBe(contentHash(original))

      const binary = encodeEvent(original, 'binary')
      const message = {
        topic: fixture.topic,
        key: Buffer.from(binary.key),
        value: binary.value,
        headers: binary.headers,
      }
      const again = decodeEvent(message, Date.parse(fixture.now))
      expect(again.kind === 'ok' && contentHash(again.value)).toBe(contentHash(original))
    }),
  )
})

test('any other attribute or any other field is other content', () => {
  for (const fixture of fixtures) {
    const original = accepted(fixture, fixture.event)
    const data = fixture.event.data as Record<string, unknown>
    const others = [
      { ...original, id: 'other' },
      { ...original, source: '/other' },
      { ...original, subject: 'other' },
      { ...original, occurredAtMs: original.occurredAtMs + 1 },
      { ...original, supersedes: 'other' },
      { ...original, dataschema: 'other' },
      ...Object.keys(data).map((name) => ({ ...original, data: { ...data, [name]: 'other' } })),
      ...Object.keys(data).map((name) => ({ ...original, data: { ...data, [name]: undefined } })),
    ] as readonly ServiceEvent[]
    const hashes = new Set([original, ...others].map(contentHash))
    expect(hashes.size).toBe(others.length + 1)
  }
})

test('hashes are stored, so the recipe stays: 64 bits that never change for the same event', () => {
  const fixture = fixtures.find((candidate) => candidate.type === 'bina.resolution.rated.v1')
  if (fixture === undefined) throw new Error('the fixture of ratings is missing')
  expect(contentHash(accepted(fixture, fixture.event))).toMatchInlineSnapshot(`12869940732894173839n`)
})
