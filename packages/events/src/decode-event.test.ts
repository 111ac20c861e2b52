import { describe, expect, test } from 'vitest'
import { deadLetterReasons } from './dead-letter-reason.ts'
import { decodeEvent, type RawMessage } from './decode-event.ts'
import { pointerIn } from './detail.ts'
import { eventTypes } from './event-data.ts'
import { binaryMessage, type GoldenFixture, readGoldenFixtures, structuredMessage } from './golden-fixture.ts'
import { type EventTopic, topicInLane, withdrawnType } from './topics.ts'

const fixtures = readGoldenFixtures()

test('every event type has its golden fixture', () => {
  expect(new Set(fixtures.map((fixture) => fixture.type))).toEqual(new Set(eventTypes))
})

test('each type has an example of every reason that one message can give', () => {
  const reasons = deadLetterReasons.filter((reason) => reason !== 'conflicting_duplicate')
  for (const { type, refused } of fixtures.filter((fixture) => !isAboutAttributes(fixture))) {
    const due = type === withdrawnType ? reasons.filter((reason) => reason !== 'key_mismatch') : reasons
    expect(new Set(refused.map((golden) => golden.reason)), type).toEqual(new Set(due))
  }
})

describe.each(fixtures.map((fixture) => [isAboutAttributes(fixture) ? 'any type' : fixture.type, fixture] as const))(
  '%s',
  (_, fixture) => {
    const nowMs = Date.parse(fixture.now)
    const decode = (message: RawMessage) => decodeEvent(message, nowMs)

    test('the valid event is accepted, in both content modes', () => {
      for (const message of messagesOf(fixture, { name: 'valid' })) {
        const { type, data } = fixture.event
        expect(decode(message)).toMatchObject({ kind: 'ok', value: { type, data } })
      }
    })

    test.each(fixture.accepted.map((golden) => [golden.name, golden] as const))('accepted: %s', (_name, golden) => {
      for (const message of messagesOf(fixture, golden)) expect(decode(message)).toMatchObject({ kind: 'ok' })
    })

    test.each(fixture.refused.map((golden) => [golden.name, golden] as const))('refused: %s', (_name, golden) => {
      for (const message of messagesOf(fixture, golden)) {
        const outcome = decode(message)
        expect(outcome).toMatchObject({ kind: 'dead_letter', reason: golden.reason })
        expect(outcome.kind === 'dead_letter' && pointerIn(outcome.detail)).toBe(golden.at)
      }
    })
  },
)

// One fixture holds what is the same for every type: its attributes.
function isAboutAttributes(fixture: GoldenFixture): boolean {
  return fixture.event.id === 'ex-900'
}

function messagesOf(fixture: GoldenFixture, golden: GoldenFixture['accepted'][number]): readonly RawMessage[] {
  const binary = binaryMessage(fixture, golden)
  return binary === undefined ? [structuredMessage(fixture, golden)] : [structuredMessage(fixture, golden), binary]
}

describe('a message of history', () => {
  const decodedOn = (topicOf: (topic: EventTopic) => string, fixture: (typeof fixtures)[number]) => {
    const message = structuredMessage(fixture, { name: 'valid' })
    return decodeEvent({ ...message, topic: topicOf(message.topic as EventTopic) }, Date.parse(fixture.now))
  }

  test.each(fixtures.map((fixture) => [fixture.type, fixture] as const))(
    'is held to the rules of live ones: %s',
    (_, fixture) => {
      const live = decodedOn((topic) => topic, fixture)
      expect(live.kind).toBe('ok')
      expect(decodedOn((topic) => topicInLane(topic, 'backfill'), fixture)).toEqual(live)
    },
  )

  test('belongs on the topic of its type there too', () => {
    const fixture = fixtures.find(({ type }) => type === 'bina.attendance.recorded.v1') ?? expect.unreachable()
    expect(decodedOn(() => 'bina.backfill.complaint.v1', fixture)).toMatchObject({
      kind: 'dead_letter',
      reason: 'unknown_type',
      detail: expect.stringContaining('belongs on bina.backfill.attendance.v1'),
    })
  })
})

describe('a message in binary mode', () => {
  const [fixture] = fixtures.filter((candidate) => candidate.type === 'bina.attendance.recorded.v1')
  if (fixture === undefined) throw new Error('the fixture of clock records is missing')
  const nowMs = Date.parse(fixture.now)
  const message = binaryMessage(fixture, { name: 'valid' })
  if (message === undefined) throw new Error('the valid event has no binary form')
  const decode = (headers: RawMessage['headers']) =>
    decodeEvent({ ...message, headers: { ...message.headers, ...headers } }, nowMs)

  test('may have headers as text, as bytes and as lists of one', () => {
    const ok = { kind: 'ok', value: { id: 'x-1' } }
    expect(decode({ ce_id: 'x-1' })).toMatchObject(ok)
    expect(decode({ ce_id: Buffer.from('x-1') })).toMatchObject(ok)
    expect(decode({ ce_id: ['x-1'] })).toMatchObject(ok)
    expect(decode({ ce_id: [Buffer.from('x-1'), 'x-1'] })).toMatchObject(ok)
  })

  test('is no event when an attribute is said twice and differently, not at all, or in no known letters', () => {
    const refused = { kind: 'dead_letter', reason: 'not_cloudevent', detail: expect.stringMatching(/^\/id: /) }
    expect(decode({ ce_id: ['x-1', 'x-2'] })).toMatchObject(refused)
    expect(decode({ ce_id: [] })).toMatchObject(refused)
    expect(decode({ ce_id: undefined })).toMatchObject(refused)
    expect(decode({ ce_id: Buffer.from([0x78, 0xff]) })).toMatchObject(refused)
  })

  test('is read from its value when its headers only repeat a structured event', () => {
    const structured = structuredMessage(fixture, { name: 'valid' })
    const headers = { ...message.headers, 'content-type': 'application/cloudevents+json', ce_id: 'other' }
    expect(decodeEvent({ ...structured, headers }, nowMs)).toMatchObject({
      kind: 'ok',
      value: { id: fixture.event.id },
    })
  })

  test('is not assumed of a message with other headers and any content type', () => {
    const headers = {
      'content-type': 'application/json',
      traceparent: '00-1-1-01',
      'bina-topic': 'x',
      ce_note: undefined,
    }
    const structured = { ...structuredMessage(fixture, { name: 'valid' }), headers }
    expect(decodeEvent(structured, nowMs)).toMatchObject({ kind: 'ok' })
  })
})

test('a message that is both too large and no JSON is too large', () => {
  const message = { topic: 'bina.attendance.v1', key: null, value: Buffer.alloc(64 * 1024 + 1, '{'), headers: {} }
  expect(decodeEvent(message, 0)).toMatchObject({ kind: 'dead_letter', reason: 'too_large' })
})
