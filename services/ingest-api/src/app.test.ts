import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { allKey, assigned, createTestDoor, hrKey } from './test-door.ts'

const doors: ReturnType<typeof createTestDoor>[] = []
const door = (config?: Parameters<typeof createTestDoor>[0]) => {
  const opened = createTestDoor(config)
  doors.push(opened)
  return opened
}
afterEach(async () => {
  for (const { app, sink } of doors.splice(0)) {
    sink.release()
    await app.close()
  }
})

const binaryHeaders = {
  'content-type': 'application/json',
  'ce-specversion': '1.0',
  'ce-id': 'b-1',
  'ce-source': 'urn:test:all',
  'ce-type': 'bina.complaint.assigned.v1',
  'ce-subject': 'c-1',
  'ce-time': '2026-05-04T09:00:00+07:00',
}
const binaryData = { complaintId: 'c-1', unitId: '16.71.05', ruledBy: 'coordinator' }

/** An event of so many bytes, by an extension attribute. */
function padded(bytes: number): string {
  const short = JSON.stringify(assigned('a', { note: '' }))
  return short.replace('"note":""', `"note":"${'x'.repeat(bytes - short.length)}"`)
}

describe('the lane', () => {
  test('of an event is the live one, and that for history where the publisher says so', async () => {
    const { post, sink } = door()
    await post(assigned('now'))
    const answer = await post(assigned('long-ago'), {}, '/v1/events?lane=backfill')
    expect(answer.statusCode).toBe(202)
    expect(sink.kept.map(({ id }) => id)).toEqual(['now', 'long-ago'])
    expect(sink.keptIn).toEqual(['live', 'backfill'])
  })

  test.each(['?lane=backfil', '?lane=', '?lane=live&lane=backfill'])('is never guessed: %s', async (query) => {
    const { post, sink } = door()
    const answer = await post(assigned('a-1'), {}, `/v1/events${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'unknown_lane', detail: 'There are the lanes live and backfill.' })
    expect(sink.kept).toEqual([])
  })
})

describe('the three content modes', () => {
  test('a structured event is accepted and kept as it was said', async () => {
    const { post, sink } = door()
    const answer = await post(assigned('a-1'))
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ status: 'accepted', source: 'urn:test:all', id: 'a-1' })
    expect(sink.kept).toMatchObject([{ id: 'a-1', time: '2026-05-04T09:00:00+07:00', data: binaryData }])
  })

  test('a binary event says the same in headers', async () => {
    const { post, sink } = door()
    const answer = await post(binaryData, binaryHeaders)
    expect(answer.statusCode, answer.body).toBe(202)
    expect(sink.kept).toMatchObject([{ id: 'b-1', source: 'urn:test:all', data: binaryData }])
  })

  test('percent signs and quotes of headers are read as the HTTP binding writes them', async () => {
    const { post, sink } = door()
    await post(binaryData, { ...binaryHeaders, 'ce-id': '"caf%C3%A9 100%25 \\"x\\""' })
    expect(sink.kept[0]?.id).toBe('café 100% "x"')
    expect((await post(binaryData, { ...binaryHeaders, 'ce-id': '%FF' })).json()).toMatchObject({
      code: 'not_cloudevent',
      pointer: '/id',
    })
  })

  test('a batch answers for each of its events and keeps the good ones', async () => {
    const { postBatch, sink } = door()
    const foreign = assigned('a-3', { source: 'urn:test:other' })
    const wrong = assigned('a-2', { data: { complaintId: 'c-1', unitId: '', ruledBy: 'coordinator' } })
    const answer = await postBatch([
      assigned('a-1'),
      wrong,
      foreign,
      assigned('a-1'),
      assigned('a-1', { subject: 'c-2' }),
      7,
    ])
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({
      accepted: 1,
      duplicates: 1,
      rejected: 4,
      results: [
        { index: 0, status: 'accepted', id: 'a-1' },
        {
          index: 1,
          status: 'rejected',
          id: 'a-2',
          reason: 'schema_violation',
          pointer: '/1/data/unitId',
          detail: expect.stringContaining('expected 1 to 64'),
        },
        {
          index: 2,
          status: 'rejected',
          id: 'a-3',
          reason: 'source_not_allowed',
          pointer: '/2/source',
          detail: expect.any(String),
        },
        { index: 3, status: 'duplicate', id: 'a-1' },
        {
          index: 4,
          status: 'rejected',
          id: 'a-1',
          reason: 'conflicting_duplicate',
          pointer: '/4/id',
          detail: expect.any(String),
        },
        { index: 5, status: 'rejected', reason: 'not_cloudevent', pointer: '/5', detail: expect.any(String) },
      ],
    })
    expect(sink.kept.map((event) => event.id)).toEqual(['a-1'])
  })

  test('a batch of which nothing can be accepted is a problem that says the same of each', async () => {
    const { postBatch, sink } = door()
    const answer = await postBatch([assigned(''), assigned('a-2', { type: 'bina.unknown.v1' })])
    expect(answer.statusCode).toBe(422)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({
      code: 'all_rejected',
      accepted: 0,
      rejected: 2,
      results: [
        { reason: 'not_cloudevent', pointer: '/0/id' },
        { reason: 'unknown_type', pointer: '/1/type' },
      ],
    })
    expect(sink.kept).toEqual([])
  })

  test('one element that is no JSON costs no neighbour', async () => {
    const { postBatch } = door()
    const answer = await postBatch(
      `[${JSON.stringify(assigned('a-1'))}, {"id": nope}, ${JSON.stringify(assigned('a-2'))}]`,
    )
    expect(answer.json()).toMatchObject({
      accepted: 2,
      rejected: 1,
      results: [{}, { reason: 'not_json', pointer: '/1' }, {}],
    })
  })

  test('an empty batch has nothing to accept and nothing to reject', async () => {
    const answer = await door().postBatch('[ ]')
    expect([answer.statusCode, answer.json()]).toEqual([202, { accepted: 0, duplicates: 0, rejected: 0, results: [] }])
  })
})

describe('who may publish', () => {
  test.each([
    ['nothing', undefined],
    ['another scheme', 'Basic aHI6aHI='],
    ['an unknown key', 'Bearer nobody'],
    ['the hash instead of the key', 'Bearer 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'],
  ])('%s opens no door', async (_, authorization) => {
    const { app, sink } = door()
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      payload: JSON.stringify(assigned('a-1')),
      headers: {
        'content-type': 'application/cloudevents+json',
        ...(authorization === undefined ? {} : { authorization }),
      },
    })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="bina"/)
    expect(answer.json()).toMatchObject({
      code: 'unauthenticated',
      type: 'urn:bina:problem:unauthenticated',
      status: 401,
    })
    expect(sink.kept).toEqual([])
  })

  test('a key publishes for its own source and its own types only', async () => {
    const { post } = door()
    const authorization = `Bearer ${hrKey}`
    const foreign = await post(assigned('a-1'), { authorization })
    expect([foreign.statusCode, foreign.json().code, foreign.json().pointer]).toEqual([
      403,
      'source_not_allowed',
      '/source',
    ])
    const otherType = await post(assigned('a-1', { source: 'urn:test:hr' }), { authorization })
    expect([otherType.statusCode, otherType.json().code, otherType.json().pointer]).toEqual([
      403,
      'type_not_allowed',
      '/type',
    ])
    const withdrawn = assigned('w-1', {
      source: 'urn:test:hr',
      type: 'bina.event.withdrawn.v1',
      data: { withdrawnId: 'x', reason: 'mistake' },
    })
    expect((await post(withdrawn, { authorization })).statusCode).toBe(403)
  })

  test('the source that counts is the one in the event, whatever headers say beside it', async () => {
    const { post } = door()
    const answer = await post(assigned('a-1', { source: 'urn:test:hr' }), {
      'ce-source': 'urn:test:all',
      'bina-ingested-at': '2020-01-01T00:00:00Z',
    })
    expect(answer.json().code).toBe('source_not_allowed')
  })
})

describe('what is refused', () => {
  test.each([
    ['not JSON', '{"id":', 400, 'not_json'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'not_json'],
    ['empty', '', 400, 'not_json'],
    ['a list', '[]', 422, 'not_cloudevent'],
    ['null', 'null', 422, 'not_cloudevent'],
    ['deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 422, 'not_cloudevent'],
    [
      'deep in its data',
      JSON.stringify(assigned('a', { data: 0 })).replace(
        '"data":0',
        `"data":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      ),
      422,
      'schema_violation',
    ],
    [
      'an attempt at the prototype',
      JSON.stringify(assigned('a')).replace('"complaintId"', '"__proto__":{"x":1},"complaintId"'),
      422,
      'schema_violation',
    ],
    ['with a NUL in its id', JSON.stringify(assigned('a\0b')), 422, 'not_cloudevent'],
    ['with half a character', JSON.stringify(assigned('a')).replace('"a"', '"\\ud800"'), 422, 'not_cloudevent'],
    [
      'with a line break in its source',
      JSON.stringify(assigned('a', { source: 'urn:test:all\r\nx: y' })),
      422,
      'not_cloudevent',
    ],
    ['of another specversion', JSON.stringify(assigned('a', { specversion: '0.3' })), 422, 'not_cloudevent'],
    ['of no known type', JSON.stringify(assigned('a', { type: 'bina.attendance.recorded.v2' })), 422, 'unknown_type'],
    [
      'of the day after tomorrow',
      JSON.stringify(assigned('a', { time: '2026-05-05T12:00:00+07:00' })),
      422,
      'time_in_future',
    ],
    [
      'with a NIP',
      JSON.stringify(assigned('a', { data: { ...binaryData, personKey: '198012312005011001' } })),
      422,
      'personal_data',
    ],
    ['over 64 KiB', JSON.stringify(assigned('a', { note: 'x'.repeat(66_000) })), 413, 'too_large'],
    ['one byte over 64 KiB', padded(64 * 1024 + 1), 413, 'too_large'],
  ])('a body that is %s', async (_, body, status, code) => {
    const { post, sink } = door()
    const answer = await post(body)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(sink.kept).toEqual([])
  })

  test('an event of 64 KiB is not too large', async () => {
    expect((await door().post(padded(64 * 1024))).statusCode).toBe(202)
  })

  test('an attribute that is said twice counts as JSON reads it, for the key as for Kafka', async () => {
    const { post, sink } = door()
    const twice = (first: string, last: string) =>
      JSON.stringify(assigned('a-1')).replace('"source":"urn:test:all"', `"source":"${first}","source":"${last}"`)
    expect((await post(twice('urn:test:all', 'urn:test:hr'))).statusCode).toBe(403)
    expect((await post(twice('urn:test:hr', 'urn:test:all'))).statusCode).toBe(202)
    expect(sink.kept.map((event) => event.source)).toEqual(['urn:test:all'])
  })

  test("a CloudEvents header that stands twice is nobody's", async () => {
    const { post, sink } = door()
    const answer = await post(binaryData, { ...binaryHeaders, 'ce-source': ['urn:test:all', 'urn:test:hr'] })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'header_repeated'])
    expect(sink.kept).toEqual([])
  })

  test.each([
    ['no content type', { 'content-type': '' }, 'unsupported_media_type'],
    ['plain JSON without ce- headers', { 'content-type': 'application/json' }, 'unsupported_media_type'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'unsupported_media_type'],
    [
      'another charset',
      { 'content-type': 'application/cloudevents+json; charset=iso-8859-1' },
      'unsupported_media_type',
    ],
    ['a type that is none', { 'content-type': ';;;' }, 'unsupported_media_type'],
    ['a compressed body', { 'content-encoding': 'gzip' }, 'unsupported_encoding'],
  ])('%s is 415', async (_, headers, code) => {
    const answer = await door().post(assigned('a-1'), headers)
    expect([answer.statusCode, answer.json().code]).toEqual([415, code])
  })

  test('UTF-8 may be said in any way', async () => {
    for (const charset of ['utf-8', 'UTF-8', '"utf-8"']) {
      const answer = await door().post(assigned('a-1'), {
        'content-type': `Application/CloudEvents+JSON;charset=${charset}`,
      })
      expect(answer.statusCode, charset).toBe(202)
    }
  })

  test('more than 1000 events, or more than 1 MiB, is not one batch', async () => {
    const { postBatch } = door()
    const many = Array.from({ length: 1001 }, (_, at) => assigned(`a-${at}`, { data: 1 }))
    expect((await postBatch(many)).json()).toMatchObject({ status: 413, code: 'batch_too_long' })
    expect((await postBatch(many.slice(1))).json()).toMatchObject({ status: 422, rejected: 1000 })
    const huge = await postBatch(`[${' '.repeat(1024 * 1024)}]`)
    expect([huge.statusCode, huge.json().code]).toEqual([413, 'body_too_large'])
  })

  test.each(['[{"a":1}', '[1}]', '[1] 2', '{"a":[]}', '["a]', '', ']'])('%j is no batch', async (body) => {
    const answer = await door().postBatch(body)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'not_json'])
  })

  test('other methods and other addresses are told what there is', async () => {
    const { app } = door()
    const got = await app.inject({ method: 'GET', url: '/v1/events' })
    expect([got.statusCode, got.headers.allow, got.json().code]).toEqual([405, 'POST', 'method_not_allowed'])
    expect((await app.inject({ method: 'POST', url: '/v2/events' })).json()).toMatchObject({
      status: 404,
      code: 'not_found',
    })
    expect((await app.inject({ method: 'GET', url: '/%2e%2e/etc/passwd' })).statusCode).toBe(404)
    expect((await app.inject({ method: 'GET', url: '/%zz' })).json()).toMatchObject({
      code: expect.stringMatching(/not_found|bad_request/),
    })
  })
})

describe('when Kafka is away', () => {
  test('nothing is answered 202 that Kafka has not acknowledged', async () => {
    const { post, postBatch, sink } = door()
    sink.state.mode = 'fail'
    for (const answer of [await post(assigned('a-1')), await postBatch([assigned('a-2'), assigned('')])]) {
      expect(answer.statusCode).toBe(503)
      expect(answer.headers['retry-after']).toBe('5')
      expect(answer.json().code).toBe('kafka_unavailable')
      expect(answer.body).not.toContain('no broker answers')
    }
  })

  test('an acknowledgement that does not come is 503 as well', async () => {
    const { post, sink } = door({ publishTimeoutMs: 20 })
    sink.state.mode = 'hang'
    expect((await post(assigned('a-1'))).json()).toMatchObject({ status: 503, code: 'kafka_unavailable' })
  })

  test('what waits for Kafka is bounded, also when its senders have given up', async () => {
    const { post, postBatch, sink } = door({ publishTimeoutMs: 20, maxPendingEvents: 3 })
    sink.state.mode = 'hang'
    expect((await postBatch([assigned('a-1'), assigned('a-2'), assigned('a-3')])).json().code).toBe('kafka_unavailable')
    const answer = await post(assigned('a-4'))
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().code]).toEqual([503, '2', 'busy'])
    sink.state.mode = 'keep'
    sink.release()
    await new Promise(setImmediate)
    expect((await post(assigned('a-4'))).statusCode).toBe(202)
  })

  test('a request whose every event is rejected does not need Kafka', async () => {
    const { post, sink } = door()
    sink.state.mode = 'fail'
    expect((await post(assigned(''))).statusCode).toBe(422)
  })
})

describe('what operators see', () => {
  test("a request id comes back, the sender's own where it is harmless", async () => {
    const { post } = door()
    const own = await post(assigned(''), { 'x-request-id': 'req-7' })
    expect([own.headers['x-request-id'], own.json().requestId]).toEqual(['req-7', 'req-7'])
    const hostile = await post(assigned('a'), { 'x-request-id': 'a b\tc' })
    expect(hostile.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a log line names the key that was used and nothing of what was sent', async () => {
    const { post, logged } = door()
    await post(assigned('a-1'))
    expect(logged).toMatchObject([
      { message: 'answered', context: { accessKey: 'all', status: 202, route: '/v1/events' } },
    ])
    expect(JSON.stringify(logged)).not.toMatch(new RegExp(`${allKey}|c-1|16\\.71`))
  })

  test('counters tell what became of events', async () => {
    const { app, postBatch } = door()
    await postBatch([assigned('a-1'), assigned('a-1'), assigned('')])
    const text = (await app.inject('/metrics')).body
    expect(text).toContain('ingest_events_total{outcome="accepted",reason=""} 1')
    expect(text).toContain('ingest_events_total{outcome="duplicate",reason=""} 1')
    expect(text).toContain('ingest_events_total{outcome="rejected",reason="not_cloudevent"} 1')
    expect(text).toContain('ingest_requests_total{status="202"} 1')
  })

  test('alive is not ready: readiness says what is missing', async () => {
    const { app, ready } = door()
    expect((await app.inject('/livez')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' })
    ready.reason = 'Kafka is not reached yet'
    const answer = await app.inject('/readyz')
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { status: 'not_ready', reasons: { kafka: 'Kafka is not reached yet' } },
    ])
    expect((await app.inject('/version')).json()).toMatchObject({ service: 'ingest-api' })
  })

  test('the contract can be read from the door itself', async () => {
    const { app } = door()
    const openApi = (await app.inject('/openapi.json')).json()
    expect(openApi.openapi).toBe('3.1.0')
    const files = openApi.components.schemas.Event.oneOf.map(
      (one: { properties: { data: { $ref: string } } }) => one.properties.data.$ref,
    )
    expect(files).toHaveLength(27)
    for (const file of files) {
      const schema = await app.inject(file)
      expect([file, schema.statusCode, schema.headers['content-type']]).toEqual([
        file,
        200,
        'application/schema+json; charset=utf-8',
      ])
    }
    expect((await app.inject('/asyncapi.json')).json().asyncapi).toBe('3.0.0')
    expect((await app.inject('/schemas/bina.nothing.v1.json')).statusCode).toBe(404)
    expect((await app.inject('/schemas/constructor.json')).statusCode).toBe(404)
  })
})

test('a door that closes while it waits for Kafka answers, and waits for no connection that its sender keeps', async () => {
  const { app, sink } = door()
  sink.state.mode = 'hang'
  const closing = new Promise<void>((resolve) => {
    app.addHook('preClose', async () => resolve())
  })
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Bearer ${allKey}`, 'content-type': 'application/cloudevents+json' }
  const asking = request(new URL('/v1/events', url), { method: 'POST', agent, headers })
  asking.end(JSON.stringify(assigned('a-1')))
  await sink.called
  const closed = app.close()
  await closing
  sink.release()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  answer.resume()
  expect([answer.statusCode, answer.headers.connection]).toEqual([202, 'close'])
  await closed
  agent.destroy()
})
