import type { Lane } from '@bina/events/topics'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { describe, expect, it } from 'vitest'
import { publishInBatches } from './publish-batches.ts'

const event = {} as EventToPublish // what is in it does not matter here

async function* events(count: number, bytes: number) {
  for (let at = 0; at < count; at++) yield { event, bytes }
}

async function batchesOf(count: number, bytes: number, signal = new AbortController().signal) {
  const batches: number[] = []
  const publisher = { publish: async (list: readonly EventToPublish[]) => void batches.push(list.length) }
  const seen: number[] = []
  const published = await publishInBatches(publisher, events(count, bytes), { onProgress: (n) => seen.push(n), signal })
  return { batches, published, seen }
}

describe('events on their way to Kafka', () => {
  it('go a thousand at a time, and all of them go', async () => {
    expect(await batchesOf(2_500, 100)).toEqual({
      batches: [1_000, 1_000, 500],
      published: 2_500,
      seen: [1_000, 2_000, 2_500],
    })
    expect(await batchesOf(0, 100)).toMatchObject({ batches: [], published: 0 })
  })

  it('never make a batch that a broker would refuse for its size, however large they are', async () => {
    const { batches } = await batchesOf(40, 64 * 1024)
    expect(Math.max(...batches) * 64 * 1024).toBeLessThan(1_000_000)
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(40)
  })

  it('go by the lane that they are sent to, all of them', async () => {
    const by: unknown[] = []
    const publisher = { publish: async (_: readonly EventToPublish[], lane?: Lane) => void by.push(lane) }
    const { signal } = new AbortController()
    await publishInBatches(publisher, events(1_500, 1), { onProgress: () => {}, signal, lane: 'backfill' })
    expect(by).toEqual(['backfill', 'backfill'])
  })

  it('leave live events room where a rate is set: each portion waits for its share of time', async () => {
    const batches: number[] = []
    const publisher = { publish: async (list: readonly EventToPublish[]) => void batches.push(list.length) }
    const startMs = performance.now()
    const options = { onProgress: () => {}, signal: new AbortController().signal, rate: 200 }
    expect(await publishInBatches(publisher, events(300, 1), options)).toBe(300)
    expect(batches).toEqual([200, 100])
    expect(performance.now() - startMs).toBeGreaterThan(1_400)
  })

  it('stop when they are told to', async () => {
    await expect(batchesOf(10, 1, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})
