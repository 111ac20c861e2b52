import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { attendanceRecorded } from './attendance-events.ts'
import { createBinaClient } from './bina-client.ts'
import { complaintResumed } from './complaint-events.ts'
import { createMemoryTransport } from './memory-transport.ts'
import { type EventTransport, type PublishResult, TransportError } from './transport.ts'

const source = 'urn:test:sdk'
const resumed = (id: string) => complaintResumed({ id, time: '2026-05-04T09:00:00+07:00', complaintId: 'c-1' })
const clock = () => Date.now()

/** A transport whose answers are given one by one. */
function createScriptedTransport(limits: { readonly maxEvents?: number; readonly maxBytes?: number } = {}) {
  const calls: {
    readonly ids: readonly string[]
    accept(): void
    fail(error: Error): void
    answer(results: readonly PublishResult[]): void
  }[] = []
  const transport: EventTransport = {
    maxEvents: limits.maxEvents ?? 1000,
    maxBytes: limits.maxBytes ?? 1e6,
    publish: (events) =>
      new Promise((resolve, reject) => {
        calls.push({
          ids: events.map((event) => event.id),
          accept: () => resolve(events.map(() => ({ status: 'accepted' }))),
          fail: reject,
          answer: resolve,
        })
      }),
    close: async () => {},
  }
  return { transport, calls, ids: () => calls.map((call) => call.ids.join(' ')) }
}

const away = (waitMs?: number) => new TransportError('away', 'no broker answers', { passing: true, waitMs })

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 4, 3), toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('checking', () => {
  test('an event that is not as the contract wants it does not leave, and says where', async () => {
    const transport = createMemoryTransport()
    const client = createBinaClient({ source }, { transport, clock })
    const wrong = attendanceRecorded({
      time: '2026-05-04T07:28:10',
      unitId: '16.71.05',
      personKey: '198012312005011001',
      workDate: '2026-02-30',
      kind: 'in',
      method: 'device',
    })
    await expect(client.send(wrong)).rejects.toMatchObject({
      code: 'invalid_event',
      problems: [
        {
          index: 0,
          pointer: '/time',
          expected: expect.stringContaining('RFC 3339 with an offset'),
          reason: 'not_cloudevent',
        },
      ],
    })
    const personal = { ...wrong, time: '2026-05-04T07:28:10+07:00' }
    await expect(client.send(personal)).rejects.toThrow(
      'event 0 at /data/personKey: expected an opaque key, no NIK and no NIP',
    )
    expect(transport.calls()).toBe(0)
  })

  test('of a batch every problem is told and nothing is sent', async () => {
    const transport = createMemoryTransport()
    const client = createBinaClient({ source }, { transport, clock })
    const batch = [resumed('a'), resumed(''), complaintResumed({ time: '2026-05-06T09:00:00+07:00', complaintId: 'c' })]
    await expect(client.sendBatch(batch)).rejects.toMatchObject({
      problems: [
        { index: 1, pointer: '/id' },
        { index: 2, pointer: '/time', reason: 'time_in_future' },
      ],
    })
    expect(transport.calls()).toBe(0)
  })

  test('a client without a way or a name is refused', () => {
    expect(() => createBinaClient({ source })).toThrow('brokers')
    expect(() => createBinaClient({ source: '' }, { transport: createMemoryTransport() })).toThrow('source')
  })
})

describe('batching', () => {
  test('events wait for each other as long as the linger time, then leave together', async () => {
    const { transport, calls, ids } = createScriptedTransport()
    const client = createBinaClient({ source, lingerMs: 20 }, { transport, clock })
    const sent = [client.send(resumed('a')), client.send(resumed('b'))]
    await vi.advanceTimersByTimeAsync(19)
    expect(calls).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(ids()).toEqual(['a b'])
    calls[0]?.accept()
    expect(await Promise.all(sent)).toEqual([
      { id: 'a', status: 'accepted' },
      { id: 'b', status: 'accepted' },
    ])
  })

  test('a full batch leaves at once, by count or by bytes', async () => {
    const byCount = createScriptedTransport()
    void createBinaClient({ source, batchEvents: 2 }, { transport: byCount.transport, clock }).sendBatch(
      ['a', 'b', 'c'].map(resumed),
    )
    await vi.advanceTimersByTimeAsync(0)
    expect(byCount.ids()).toEqual(['a b'])
    byCount.calls[0]?.accept()
    await vi.advanceTimersByTimeAsync(20)
    expect(byCount.ids()).toEqual(['a b', 'c'])

    const byBytes = createScriptedTransport({ maxBytes: 600 })
    void createBinaClient({ source }, { transport: byBytes.transport, clock }).sendBatch(
      ['a', 'b', 'c', 'd'].map(resumed),
    )
    await vi.advanceTimersByTimeAsync(0)
    expect(byBytes.ids()).toEqual(['a b'])
  })

  test('one batch is on its way at a time, so that nothing overtakes', async () => {
    const { transport, calls, ids } = createScriptedTransport({ maxEvents: 1 })
    const client = createBinaClient({ source }, { transport, clock })
    void client.sendBatch([resumed('a'), resumed('b')])
    await vi.advanceTimersByTimeAsync(1000)
    expect(ids()).toEqual(['a'])
    calls[0]?.fail(away())
    await vi.advanceTimersByTimeAsync(1000)
    expect(ids()).toEqual(['a', 'a'])
    calls[1]?.accept()
    await vi.advanceTimersByTimeAsync(1000)
    expect(ids()).toEqual(['a', 'a', 'b'])
  })

  test('the same fact sent twice is a repeat', async () => {
    const transport = createMemoryTransport()
    const client = createBinaClient({ source, lingerMs: 0 }, { transport, clock })
    const twice = [0, 1].map(() => complaintResumed({ time: '2026-05-04T09:00:00+07:00', complaintId: 'c-1' }))
    const sent = client.sendBatch(twice)
    await vi.advanceTimersByTimeAsync(1)
    expect((await sent).map((receipt) => receipt.status)).toEqual(['accepted', 'duplicate'])
    expect(transport.events).toHaveLength(1)
  })
})

describe('when Bina is away', () => {
  test('a batch is tried again with growing pauses until it is acknowledged', async () => {
    const { transport, calls } = createScriptedTransport()
    const client = createBinaClient({ source, lingerMs: 0, firstRetryMs: 100, maxRetryMs: 400 }, { transport, clock })
    const sent = client.send(resumed('a'))
    await vi.advanceTimersByTimeAsync(1)
    for (const pauseMs of [100, 200, 400, 400]) {
      const before = calls.length
      calls.at(-1)?.fail(away())
      // A pause is shortened by chance, by a quarter at most.
      await vi.advanceTimersByTimeAsync(pauseMs * 0.74)
      expect(calls).toHaveLength(before)
      await vi.advanceTimersByTimeAsync(pauseMs * 0.27)
      expect(calls).toHaveLength(before + 1)
    }
    calls.at(-1)?.accept()
    expect(await sent).toEqual({ id: 'a', status: 'accepted' })
  })

  test('the other side may ask for a longer pause', async () => {
    const { transport, calls } = createScriptedTransport()
    const sent = createBinaClient({ source, lingerMs: 0 }, { transport, clock }).send(resumed('a'))
    await vi.advanceTimersByTimeAsync(1)
    calls[0]?.fail(away(5_000))
    await vi.advanceTimersByTimeAsync(4_990)
    expect(calls).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(10)
    calls[1]?.accept()
    await sent
  })

  test('after the time that was given the sender is told, and the next events are tried', async () => {
    const { transport, calls } = createScriptedTransport()
    const client = createBinaClient({ source, lingerMs: 0, giveUpAfterMs: 50 }, { transport, clock })
    const told = client.send(resumed('a')).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    calls[0]?.fail(away())
    expect(await told).toMatchObject({ code: 'not_delivered', message: expect.stringContaining('no broker answers') })
    const next = client.send(resumed('b'))
    await vi.advanceTimersByTimeAsync(1)
    calls[1]?.accept()
    await next
  })

  test('what waiting does not mend is told at once', async () => {
    const { transport, calls } = createScriptedTransport()
    const told = createBinaClient({ source, lingerMs: 0 }, { transport, clock })
      .send(resumed('a'))
      .catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    calls[0]?.fail(new TransportError('unauthenticated', 'this key is not known', { passing: false }))
    expect(await told).toMatchObject({
      code: 'not_delivered',
      message: expect.stringContaining('after 1 tries: this key is not known'),
    })
  })

  test('an event that is refused fails alone', async () => {
    const { transport, calls } = createScriptedTransport()
    const client = createBinaClient({ source, lingerMs: 0 }, { transport, clock })
    const told = client.sendBatch([resumed('a'), resumed('b')]).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    calls[0]?.answer([
      { status: 'accepted' },
      { status: 'rejected', reason: 'type_not_allowed', pointer: '/type', detail: 'no' },
    ])
    expect(await told).toMatchObject({
      code: 'batch_incomplete',
      failures: [{ index: 1, error: { code: 'rejected', reason: 'type_not_allowed', pointer: '/type' } }],
    })
  })

  test('when too much is on its way a sender waits for room, in order, and not for ever', async () => {
    const { transport, calls, ids } = createScriptedTransport()
    const client = createBinaClient({ source, lingerMs: 0, bufferEvents: 2, bufferWaitMs: 1000 }, { transport, clock })
    const sent = ['a', 'b', 'c', 'd'].map((id) =>
      client.send(resumed(id)).then(
        () => id,
        (error: { code: string }) => error.code,
      ),
    )
    await vi.advanceTimersByTimeAsync(900)
    expect(ids()).toEqual(['a b'])
    calls[0]?.accept()
    await vi.advanceTimersByTimeAsync(0)
    expect(ids()).toEqual(['a b', 'c d'])
    const late = client.send(resumed('e')).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1000)
    expect(await late).toMatchObject({ code: 'buffer_full' })
    calls[1]?.accept()
    expect(await Promise.all(sent)).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('flush and close', () => {
  test('flush sends without lingering and waits for the answer', async () => {
    const { transport, calls, ids } = createScriptedTransport()
    const client = createBinaClient({ source, lingerMs: 10_000 }, { transport, clock })
    void client.send(resumed('a'))
    let flushed = false
    const flush = client.flush().then(() => {
      flushed = true
    })
    await vi.advanceTimersByTimeAsync(0)
    expect([ids(), flushed]).toEqual([['a'], false])
    calls[0]?.accept()
    await flush
  })

  test('close flushes, takes no more, and may be asked twice', async () => {
    const transport = createMemoryTransport()
    const client = createBinaClient({ source, lingerMs: 10_000 }, { transport, clock })
    const sent = client.send(resumed('a'))
    const closed = client.close()
    expect(client.close()).toBe(closed)
    await closed
    expect(await sent).toEqual({ id: 'a', status: 'accepted' })
    await expect(client.send(resumed('b'))).rejects.toMatchObject({ code: 'closed' })
    expect(transport.events).toHaveLength(1)
  })

  test('close does not wait for ever: who is not acknowledged is told', async () => {
    const { transport, calls } = createScriptedTransport({ maxEvents: 1 })
    const client = createBinaClient({ source, bufferEvents: 2 }, { transport, clock })
    const sent = ['a', 'b', 'c'].map((id) => client.send(resumed(id)).catch((error: { code: string }) => error.code))
    const closed = client.close({ timeoutMs: 500 })
    await vi.advanceTimersByTimeAsync(400)
    calls[0]?.fail(away(60_000))
    await vi.advanceTimersByTimeAsync(100)
    await closed
    expect(await Promise.all(sent)).toEqual(['not_delivered', 'closed', 'closed'])
  })
})
