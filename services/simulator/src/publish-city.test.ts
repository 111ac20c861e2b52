import type { ServiceEvent } from '@bina/events/service-event'
import { expect, it } from 'vitest'
import { makeEvent } from './event-maker.ts'
import { type Pace, type PublishedCount, publishCity } from './publish-city.ts'

const events = Array.from({ length: 25 }, (_, n) =>
  makeEvent({ source: '/s', zone: 'Asia/Jakarta' }, `resumed-${n}`, n * 1_000, {
    type: 'bina.complaint.resumed.v1',
    subject: 'c-1',
    data: { complaintId: 'c-1' },
  }),
)

/** Keeps what it was given, in batches. */
function listeningPublisher() {
  const batches: (readonly ServiceEvent[])[] = []
  return { batches, publish: async (batch: readonly ServiceEvent[]) => void batches.push(batch) }
}

/** A clock that stands still but for the waiting. */
function standingPace() {
  const waits: number[] = []
  const pace: Pace = {
    nowMs: () => waits.reduce((sum, ms) => sum + ms, 0),
    wait: async (ms) => void waits.push(ms),
  }
  return { waits, pace }
}

it('every event is published once, in order, in batches, and counted', async () => {
  const publisher = listeningPublisher()
  const progress: PublishedCount[] = []
  const count = await publishCity(events, publisher, { batchSize: 10, onProgress: (sofar) => progress.push(sofar) })
  expect(publisher.batches.map((batch) => batch.length)).toEqual([10, 10, 5])
  expect(publisher.batches.flat()).toEqual(events)
  expect(count).toEqual({
    published: 25,
    byType: { 'bina.complaint.resumed.v1': 25 },
    reachedMs: 24_000,
    aborted: false,
  })
  expect(progress.map((sofar) => sofar.published)).toEqual([10, 20, 25])
})

it('a rate is kept over the whole run', async () => {
  const { waits, pace } = standingPace()
  await publishCity(events, listeningPublisher(), { batchSize: 10, perSecond: 100, pace })
  expect(waits).toEqual([100, 100, 50])
})

it('a signal ends it after the batch that is on its way', async () => {
  const stop = new AbortController()
  const publisher = listeningPublisher()
  const count = await publishCity(events, publisher, {
    batchSize: 10,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  })
  expect(count).toMatchObject({ published: 10, aborted: true })
  expect(publisher.batches).toHaveLength(1)
})

it('a signal ends the waiting as well', async () => {
  const stop = new AbortController()
  const count = await publishCity(events, listeningPublisher(), {
    batchSize: 10,
    perSecond: 0.001,
    signal: stop.signal,
    onProgress: () => queueMicrotask(() => stop.abort()),
  })
  expect(count).toMatchObject({ published: 10, aborted: true })
})

it('what the broker refuses is thrown as it is, and nothing more is published', async () => {
  const refusal = new Error('not enough replicas')
  let calls = 0
  const publisher = {
    publish: async () => {
      calls += 1
      if (calls === 2) throw refusal
    },
  }
  await expect(publishCity(events, publisher, { batchSize: 10 })).rejects.toBe(refusal)
  expect(calls).toBe(2)
})
