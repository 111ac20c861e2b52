import { isPlainDate } from '@bina/domain/plain-date'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkAttributes } from './check-attributes.ts'
import { deadLetterReasons } from './dead-letter-reason.ts'
import { decodeEvent, type RawMessage } from './decode-event.ts'
import { pointerIn } from './detail.ts'
import { envelopeSchema } from './envelope.ts'
import { factDate, plainDate } from './field.ts'
import { binaryMessage, readGoldenFixtures, structuredMessage } from './golden-fixture.ts'
import { lanes, topicsOfLane } from './topics.ts'

const nowMs = Date.parse('2026-11-23T02:00:00Z')
const valid: readonly RawMessage[] = readGoldenFixtures().flatMap((fixture) => {
  const binary = binaryMessage(fixture, { name: 'valid' })
  return binary === undefined ? [] : [structuredMessage(fixture, { name: 'valid' }), binary]
})
const topic = fc.constantFrom(...lanes.flatMap((lane) => topicsOfLane(lane).map(({ name }) => name)), 'elsewhere')
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array))
const header = fc.oneof(
  bytes,
  fc.string(),
  fc.array(fc.oneof(bytes, fc.string()), { maxLength: 3 }),
  fc.constant(undefined),
)
const headers = fc.dictionary(
  fc.oneof(
    fc.constantFrom('ce_id', 'ce_type', 'ce_time', 'ce_specversion', 'ce_source', 'content-type', 'ce___proto__'),
    fc.string(),
  ),
  header,
)

function expectOutcome(message: RawMessage): void {
  const outcome = decodeEvent(message, nowMs)
  if (outcome.kind === 'dead_letter') {
    expect(deadLetterReasons).toContain(outcome.reason)
    expect(outcome.detail).toMatch(/expected/)
  }
}

describe('decode answers and never throws', () => {
  test('for any bytes, key, topic and headers', () => {
    fc.assert(
      fc.property(topic, fc.option(bytes), fc.option(bytes), headers, (where, key, value, given) => {
        expectOutcome({ topic: where, key, value, headers: given })
      }),
    )
  })

  test('for any JSON', () => {
    fc.assert(
      fc.property(topic, fc.json({ maxDepth: 6 }), headers, (where, json, given) => {
        expectOutcome({ topic: where, key: null, value: Buffer.from(json), headers: given })
      }),
    )
  })

  test('for valid events with bytes changed, cut out and put in', () => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.nat(), fc.nat(6), bytes, headers, (message, at, gone, put, given) => {
        const value = message.value ?? Buffer.alloc(0)
        const place = at % (value.length + 1)
        const mutated = Buffer.concat([value.subarray(0, place), put.subarray(0, 6), value.subarray(place + gone)])
        expectOutcome({ ...message, value: mutated, headers: { ...message.headers, ...given } })
      }),
      { numRuns: 2000 },
    )
  })

  test('for valid events with any JSON in the place of any value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.nat(), fc.jsonValue(), fc.string(), (message, at, put, name) => {
        const event = JSON.parse(String(message.value))
        const target = typeof event.data === 'object' && at % 2 === 0 ? event.data : event
        const names = [...Object.keys(target), name, '__proto__', 'toString']
        Object.defineProperty(target, names[at % names.length] ?? name, { value: put, enumerable: true })
        expectOutcome({ ...message, value: Buffer.from(JSON.stringify(event)) })
      }),
      { numRuns: 2000 },
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('for JSON that is nested as deep as 64 KiB allow', () => {
    const deep = '['.repeat(32_000) + ']'.repeat(32_000)
    const event = `{"specversion":"1.0","data":${deep},"id":"a"}`
    expectOutcome({ topic: 'bina.attendance.v1', key: null, value: Buffer.from(event), headers: {} })
    for (const message of valid) expectOutcome({ ...message, value: Buffer.from(deep) })
  })
})

test('a dead letter tells where and what was expected, and no value of the event', () => {
  const secret = 'Budi-0812-3456-7890'
  for (const message of valid.filter((candidate) => Object.keys(candidate.headers).length === 0)) {
    const event = JSON.parse(String(message.value))
    for (const field of Object.keys(event.data)) {
      for (const data of [
        { ...event.data, [field]: { [secret]: secret } },
        { ...event.data, [`${secret}${field}`]: secret },
      ]) {
        const outcome = decodeEvent({ ...message, value: Buffer.from(JSON.stringify({ ...event, data })) }, nowMs)
        expect(outcome.kind).toBe('dead_letter')
        expect(JSON.stringify(outcome)).not.toContain(secret)
      }
    }
  }
})

describe('the hand-written check of attributes says what the published schema says', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.jsonValue(),
    fc.constantFrom(undefined, null, ''),
  )
  const uriLetter = fc.constantFrom(..."aZ09-._~:/?#[]@!$&'()*+,;=%4F \\é".split(''))
  const nearUri = fc.array(uriLetter, { maxLength: 24 }).map((letters) => letters.join(''))
  const nearTime = fc
    .tuple(
      fc.constantFrom('2026-11-20', '2024-02-29', '2026-02-29', '1969-12-31', '1970-01-01', '0000-01-01', '2016-12-31'),
      fc.constantFrom('T', 't', ' ', ''),
      fc.constantFrom('00:00:00', '23:59:60', '24:00:00', '08:30', '08:30:00.', '08:30:00.1234567', '08:61:00'),
      fc.constantFrom('Z', 'z', '+07:00', '-00:00', '+24:00', '+0700', ''),
    )
    .map((parts) => parts.join(''))
  const good = {
    specversion: fc.constant('1.0'),
    id: fc.string({ minLength: 1, maxLength: 140, unit: 'grapheme' }),
    source: fc.oneof(nearUri, fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.webPath()),
    type: fc.constantFrom('bina.attendance.recorded.v1', 'x'),
    subject: fc.stringMatching(/^[A-Za-z0-9._:\\/ -]{0,66}$/),
    time: fc.oneof(
      nearTime,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    ),
    datacontenttype: fc.constantFrom(
      'application/json',
      'application/json;charset=UTF-8',
      'text/json',
      null,
      undefined,
    ),
    dataschema: fc.oneof(nearUri, fc.webUrl(), fc.constantFrom(null, undefined)),
    supersedes: fc.oneof(fc.string({ maxLength: 130 }), fc.constantFrom(null, undefined)),
  }
  const sure = {
    specversion: '1.0',
    id: 'a',
    source: '/a',
    type: 'x',
    subject: 'u',
    time: '2026-11-20T08:30:00+07:00',
  }

  function expectSame(raw: Readonly<Record<string, unknown>>): void {
    const byHand = checkAttributes(raw)
    const bySchema = envelopeSchema.safeParse(raw)
    expect(byHand.kind === 'ok', JSON.stringify(raw)).toBe(bySchema.success)
    if (byHand.kind === 'dead_letter') {
      const paths = bySchema.error?.issues.map((issue) => `/${issue.path.join('/')}`)
      expect(paths).toContain(pointerIn(byHand.detail))
    }
  }

  test('for attributes that are nearly right', () => {
    fc.assert(fc.property(fc.record(good), expectSame), { numRuns: 1000 })
  })

  test.each(Object.keys(good))('for any %s among attributes that are right', (name) => {
    const nearly = good[name as keyof typeof good]
    fc.assert(
      fc.property(fc.oneof(nearly, anything), (value) => expectSame({ ...sure, [name]: value })),
      { numRuns: 1000 },
    )
  })
})

test('a date is a date for the contract where it is one for the calendar', () => {
  const digits = (least: number, most: number, size: number) =>
    fc.integer({ min: least, max: most }).map((value) => String(value).padStart(size, '0'))
  const nearDate = fc.tuple(digits(0, 9999, 4), digits(0, 13, 2), digits(0, 32, 2)).map((parts) => parts.join('-'))
  fc.assert(
    fc.property(fc.oneof(nearDate, fc.string()), (text) => {
      expect(plainDate.safeParse(text).success).toBe(isPlainDate(text))
      expect(factDate.safeParse(text).success).toBe(isPlainDate(text) && text >= '1970' && text < '2100')
    }),
    { numRuns: 3000 },
  )
})
