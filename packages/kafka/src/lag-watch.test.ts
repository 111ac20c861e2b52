import { describe, expect, it } from 'vitest'
import { createLagWatch } from './lag-watch.ts'

const topic = 'bina.complaint.v1'
const startMs = Date.parse('2026-11-09T00:00:00Z')

function createWorld() {
  const world = { committed: 0, end: 0, nowMs: startMs }
  const watch = createLagWatch(
    { groupId: 'bina-sink', topics: [topic] },
    {
      standings: {
        of: async () => [{ topic, partition: 3, committed: world.committed, end: world.end }],
        close: async () => {},
      },
      clock: () => world.nowMs,
    },
  )
  const lookAfter = async (seconds: number, change: Partial<typeof world> = {}) => {
    Object.assign(world, change)
    world.nowMs += seconds * 1000
    const [{ lag, oldestWaitMs } = { lag: -1, oldestWaitMs: -1 }] = await watch.look()
    return [lag, oldestWaitMs / 1000]
  }
  return { watch, lookAfter }
}

describe('how far a worker is behind', () => {
  it('grows while it stands still, though nothing is fetched, and so does the age of the oldest complaint not stored', async () => {
    const { lookAfter } = createWorld()
    expect(await lookAfter(0)).toEqual([0, 0])
    expect(await lookAfter(5, { end: 10 })).toEqual([10, 0])
    expect(await lookAfter(5, { end: 25 })).toEqual([25, 5])
    expect(await lookAfter(60)).toEqual([25, 65])
  })

  it('tells the age of what is left, not of what was stored meanwhile', async () => {
    const { lookAfter } = createWorld()
    await lookAfter(0, { end: 10 })
    await lookAfter(30, { end: 20 })
    expect(await lookAfter(10, { committed: 5 })).toEqual([15, 40])
    expect(await lookAfter(10, { committed: 10 })).toEqual([10, 20])
    expect(await lookAfter(10, { committed: 20 })).toEqual([0, 0])
  })

  it('is not called old by a steady stream that is worked off', async () => {
    const { lookAfter } = createWorld()
    for (let second = 0; second < 3_000; second += 5) {
      const [lag, age] = await lookAfter(5, { end: 100 * second + 100, committed: 100 * second })
      expect({ lag, age }).toEqual({ lag: 100, age: 0 })
    }
  })

  it('knows at once how old a backlog is that a worker has just begun to work off', async () => {
    const { watch, lookAfter } = createWorld()
    const message = { topic, partition: 3, offset: 0, key: null, value: null, headers: {} }
    watch.took([
      { ...message, recordAtMs: startMs - 7_200_000 },
      { ...message, offset: 1, recordAtMs: startMs - 7_000_000 },
    ])
    expect(await lookAfter(0, { end: 10 })).toEqual([10, 7_200])
    expect(await lookAfter(1, { committed: 2 })).toEqual([8, 1])
  })

  it('stays within a bounded memory through an outage of days, and forgets a topic that was made anew', async () => {
    const { lookAfter } = createWorld()
    for (let look = 0; look < 20_000; look++) await lookAfter(5, { end: look + 1 })
    expect(await lookAfter(5)).toEqual([20_000, 20_000 * 5])
    expect(await lookAfter(5, { end: 3, committed: 0 })).toEqual([3, 0])
    expect(await lookAfter(5, { committed: 3 })).toEqual([0, 0])
  })
})
