import type { Lane } from '@bina/events/topics'
import { describe, expect, test } from 'vitest'
import { createBinaClient } from './bina-client.ts'
import { complaintResumed } from './complaint-events.ts'
import { createHttpTransport } from './http-transport.ts'

const config = { url: 'https://bina.example/door', key: 'a key' }
const draft = (id: string) => complaintResumed({ id, time: '2026-05-04T09:00:00+07:00', complaintId: 'c-1' })

/** Publishes two events and gives back what happened and what was asked. */
async function publish(answer: () => Response | Promise<Response>, more: { readonly lane?: Lane } = {}) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = []
  const transport = createHttpTransport(
    { ...config, ...more },
    {
      fetch: async (url, init) => {
        asked.push({ url: String(url), init: init ?? {} })
        return answer()
      },
    },
  )
  const client = createBinaClient({ source: 'urn:test', lingerMs: 0, giveUpAfterMs: 0, firstRetryMs: 1 }, { transport })
  const outcome = await client.sendBatch([draft('a'), draft('b')]).catch((error: unknown) => error)
  return { outcome, asked }
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers })
const causeOf = (outcome: unknown) =>
  (outcome as { failures: { error: { cause: { code: string; passing: boolean; waitMs?: number } } }[] }).failures[0]
    ?.error.cause

describe('createHttpTransport', () => {
  test('history goes by its own lane', async () => {
    const results = [{ status: 'accepted' }, { status: 'accepted' }]
    const { asked } = await publish(json(202, { results }), { lane: 'backfill' })
    expect(asked.map(({ url }) => url)).toEqual(['https://bina.example/door/v1/events?lane=backfill'])
  })

  test('events go as one batch, with the key, to one place', async () => {
    const results = [
      { index: 0, status: 'accepted' },
      { index: 1, status: 'duplicate' },
    ]
    const { outcome, asked } = await publish(json(202, { results }))
    expect(outcome).toEqual([
      { id: 'a', status: 'accepted' },
      { id: 'b', status: 'duplicate' },
    ])
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      url: 'https://bina.example/door/v1/events',
      init: {
        method: 'POST',
        redirect: 'error',
        headers: { authorization: 'Bearer a key', 'content-type': 'application/cloudevents-batch+json' },
      },
    })
    expect(JSON.parse(String(asked[0]?.init.body))).toMatchObject([
      { id: 'a', source: 'urn:test' },
      { id: 'b', specversion: '1.0' },
    ])
  })

  test('each event learns its own fate, in a batch that was taken and in one that was refused whole', async () => {
    const refused = {
      status: 'rejected',
      reason: 'schema_violation',
      pointer: '/1/data/complaintId',
      detail: 'expected an id',
    }
    const { outcome } = await publish(json(202, { results: [{ status: 'accepted' }, refused] }))
    expect(outcome).toMatchObject({
      failures: [{ index: 1, error: { reason: 'schema_violation', pointer: '/data/complaintId' } }],
    })
    const whole = await publish(json(422, { code: 'all_rejected', results: [refused, refused] }))
    expect(whole.outcome).toMatchObject({ failures: [{ index: 0 }, { index: 1 }] })
  })

  test.each([
    [
      'Kafka is away',
      json(503, { code: 'kafka_unavailable' }, { 'retry-after': '5' }),
      'kafka_unavailable',
      true,
      5000,
    ],
    ['a proxy answers', () => new Response('<html>', { status: 502 }), 'http_502', true, undefined],
    ['too many requests', json(429, {}), 'http_429', true, undefined],
    ['an acknowledgement that cannot be read', () => new Response('', { status: 202 }), 'http_202', true, undefined],
    ['an answer for another batch', json(202, { results: [{ status: 'accepted' }] }), 'http_202', true, undefined],
    [
      'an unknown key',
      json(401, { code: 'unauthenticated', detail: 'This key is not known.' }),
      'unauthenticated',
      false,
      undefined,
    ],
    ['a wrong address', json(404, { code: 'not_found' }), 'not_found', false, undefined],
  ] as const)('%s', async (_, answer, code, passing, waitMs) => {
    const { outcome } = await publish(answer)
    expect(causeOf(outcome)).toMatchObject({ code, passing, waitMs })
  })

  test('nobody at the address passes', async () => {
    const { outcome } = await publish(() =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })),
    )
    expect(causeOf(outcome)).toMatchObject({ code: 'unreachable', passing: true })
    expect(JSON.stringify(outcome)).not.toContain('a key')
  })

  test('a wrong address and an empty key are told before anything is sent', () => {
    expect(() => createHttpTransport({ ...config, url: 'bina.example' })).toThrow('url')
    expect(() => createHttpTransport({ ...config, key: ' ' })).toThrow('key')
  })
})
