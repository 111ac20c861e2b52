import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contentHash } from './content-hash.ts'
import { decodeEvent, type RawMessage } from './decode-event.ts'
import { encodeEvent } from './encode-event.ts'
import { eventIdPattern } from './envelope.ts'
import { dataSchemas, type EventType, eventTypes } from './event-data.ts'
import { readGoldenFixtures, structuredMessage } from './golden-fixture.ts'
import { plainShapeOf, plainText } from './plain-shape.ts'
import { readEvent, readPlainEvent } from './read-event.ts'

const fixtures = readGoldenFixtures()
const nowMs = Date.parse('2026-11-23T02:00:00Z')
/** Nested, or held together by more than one field: few of a city's events. */
const longWay: readonly EventType[] = [
  'bina.complaint.excluded.v1',
  'bina.resolution.rated.v1',
  'bina.coaching.facility-inspected.v1',
  'bina.directory.unit.v1',
]

/** What `decodeEvent` says, and what is stored of what it accepts. */
function decoded(message: RawMessage, at: number): unknown {
  const outcome = decodeEvent(message, at)
  if (outcome.kind === 'dead_letter') return outcome
  const event = outcome.value
  return { kind: 'ok', value: { event, dataJson: JSON.stringify(event.data), contentHash: contentHash(event) } }
}

/** The short way says nothing, or the same; and both ways together say the same of everything. */
function expectTheSame(message: RawMessage, at: number = nowMs): void {
  const long = decoded(message, at)
  const short = readPlainEvent(message, at)
  if (short !== undefined) expect({ kind: 'ok', value: short }).toEqual(long)
  expect(readEvent(message, at)).toEqual(long)
}

/** A message as our own publishers write it. */
function published(fixture: (typeof fixtures)[number]): RawMessage {
  const { specversion: _, datacontenttype: __, ...event } = fixture.event as Record<string, unknown>
  const { key, value, headers } = encodeEvent(event as unknown as Parameters<typeof encodeEvent>[0])
  return { topic: fixture.topic, key: Buffer.from(key), value, headers }
}

/** Names of the fields of a type, where it is one plain object, in the schema's order. */
function fieldsOf(type: EventType): readonly string[] {
  const schema = dataSchemas[type]
  return 'shape' in schema ? Object.keys(schema.shape) : []
}

describe('the short way to an event', () => {
  test.each(fixtures.map((fixture) => [fixture.type, fixture] as const))(
    '%s: is taken where it can be, to the same answer',
    (type, fixture) => {
      const message = published(fixture)
      const at = Date.parse(fixture.now)
      expect(readPlainEvent(message, at) !== undefined).toBe(!longWay.includes(type as EventType))
      expectTheSame(message, at)
      expectTheSame(structuredMessage(fixture, { name: 'valid' }), at)
    },
  )

  test('is open to every type but the nested ones', () => {
    expect(eventTypes.filter((type) => plainShapeOf(dataSchemas[type]) === undefined)).toEqual(longWay)
  })

  test('and the long one agree on valid messages with bytes changed, cut out and put in', () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 2 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom('"', '\\', '\\u0041', ',', '}', ' ', '0', '-', 'é', '\u007f', '\n', '.0', 'e1')
          .map((text) => Buffer.from(text)),
      ),
    })
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.array(edit, { minLength: 1, maxLength: 3 }), (fixture, edits) => {
        const message = published(fixture)
        let value = message.value as Buffer
        for (const { at, cut, put } of edits) {
          const from = at % (value.length + 1)
          value = Buffer.concat([value.subarray(0, from), put, value.subarray(from + cut)])
        }
        expectTheSame({ ...message, value }, Date.parse(fixture.now))
      }),
      { numRuns: 3_000 },
    )
  })

  test('needs no second look at an id: every letter that it takes may stand in one', () => {
    const letters = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code))
    const taken = letters.filter((letter) => new RegExp(`^${plainText}$`).test(letter))
    expect(taken.length).toBeGreaterThan(90)
    expect(taken.filter((letter) => !eventIdPattern.test(letter))).toEqual([])
  })

  test('and the long one agree on fields and attributes of any content, from anywhere, under any key and topic', () => {
    const field = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[A-Za-z0-9._:/-]{1,66}$/),
      fc.stringMatching(/^[0-9_-]{14,20}$/),
      fc.stringMatching(/^(19|20|00)\d{2}-(0|1)\d-[0-3]\d$/),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, undefined, 0, -0, 1e21, 1440, 1441, 0.016216, '2026-02-29', '16-digits', {}, []),
    )
    const time = fc.oneof(
      fc
        .date({ min: new Date('1960-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      fc.constantFrom('2026-11-20T01:30:60Z', '2026-11-20t01:30:00+07:00', '2026-11-20T01:30:00.123456+07:00', 'now'),
      field,
    )
    const change = fc.record(
      {
        data: fc.dictionary(fc.oneof(fc.nat(12).map(String), fc.string()), field, { maxKeys: 2 }),
        attributes: fc.record(
          { id: field, source: field, subject: field, time, supersedes: field },
          { requiredKeys: [] },
        ),
        topic: fc.constantFrom('bina.attendance.v1', 'bina.complaint.v1', 'bina.backfill.attendance.v1'),
        key: fc.option(fc.string().map((text) => Buffer.from(text))),
        headers: fc.constantFrom({}, { ce_id: '1' }, { 'content-type': Buffer.from('application/json') }),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), change, (fixture, { data = {}, attributes = {}, ...given }) => {
        const message = published(fixture)
        const event = JSON.parse((message.value as Buffer).toString()) as { data: Record<string, unknown> }
        const names = Object.keys(event.data)
        // A number names one of the type's own fields, so that most changes meet a check.
        for (const [name, value] of Object.entries(data)) event.data[names[Number(name)] ?? name] = value
        const value = Buffer.from(JSON.stringify({ ...event, ...attributes }))
        expectTheSame({ ...message, value, ...given }, Date.parse(fixture.now))
      }),
      { numRuns: 5_000 },
    )
  })

  const nearly = [
    ...['2026-02-29', '2026-02-28', '2026-04-31', '1969-12-31', '2100-01-01', '2026-11-16', '2026-11-17', '0000-01-01'],
    ...['1671051003000001', '16-7105-1003-000001', '167105100300000112', '16710510030000011', '_1671051003000001_'],
    ...[0, -0, 1, 1440, 1441, 0.016216, 1.5, -1, 4_294_967_295, 4_294_967_296, 1e21, 5e-324],
    ...[
      '',
      'x'.repeat(64),
      'x'.repeat(65),
      'x'.repeat(129),
      'a"b',
      'a\\b',
      'Kantor é',
      'tab\t',
      true,
      false,
      null,
      {},
      [],
    ],
  ]
  test.each(fixtures.map((fixture) => [fixture.type, fixture] as const))(
    'and the long one agree on %s with any one field nearly right',
    (_, fixture) => {
      const message = published(fixture)
      const event = JSON.parse((message.value as Buffer).toString()) as { data: object }
      const fields = new Set([...Object.keys(event.data), ...fieldsOf(fixture.type as EventType)])
      for (const name of fields) {
        for (const said of nearly) {
          // In the place that the schema gives it, so that nothing but its value can be wrong.
          const data = { ...event.data, [name]: said }
          const ordered = Object.fromEntries(
            [...fieldsOf(fixture.type as EventType), ...Object.keys(data)].flatMap((field) =>
              field in data ? [[field, data[field as keyof typeof data]]] : [],
            ),
          )
          expectTheSame(
            { ...message, value: Buffer.from(JSON.stringify({ ...event, data: ordered })) },
            Date.parse(fixture.now),
          )
        }
      }
    },
  )

  test('is not taken by an event from tomorrow but one, nor by one that is larger than a message may be', () => {
    const [fixture] = fixtures
    if (fixture === undefined) throw new Error('no fixtures')
    const message = published(fixture)
    expectTheSame(message, Date.parse(fixture.now) - 30 * 86_400_000)
    const value = Buffer.concat([message.value as Buffer, Buffer.alloc(70_000, 0x20)])
    expectTheSame({ ...message, value }, Date.parse(fixture.now))
  })
})
