import { describe, expect, it } from 'vitest'
import { caughtUp, type OffsetsSource, type Stage } from './caught-up.ts'

/** Topics and what groups have committed of them, as a broker tells; each look lets the world go on a little. */
function createBroker(given: { readonly ends: Record<string, number>; readonly goOn: (world: World) => void }) {
  const world: World = { ends: { ...given.ends }, committed: {}, looks: 0 }
  let isConnected = false
  const kafka: OffsetsSource = {
    admin: () => ({
      connect: async () => {
        isConnected = true
      },
      disconnect: async () => {
        isConnected = false
      },
      fetchTopicOffsets: async (topic) => [
        { partition: 0, offset: '0', low: '0', high: String(world.ends[topic] ?? 0) },
        { partition: 1, offset: '0', low: '0', high: '0' },
      ],
      fetchOffsets: async ({ groupId, topics = [] }) => {
        world.looks++
        given.goOn(world)
        return topics.map((topic) => {
          const offset = world.committed[`${groupId} ${topic}`]
          const never = { partition: 1, offset: '-1', metadata: null }
          return { topic, partitions: [{ partition: 0, offset: String(offset ?? -1), metadata: null }, never] }
        })
      },
    }),
  }
  return { world, kafka, isConnected: () => isConnected }
}

interface World {
  readonly ends: Record<string, number>
  readonly committed: Record<string, number>
  looks: number
}

const sink: Stage = { groupId: 'sink', topics: ['events'], rounds: 1 }
const fold: Stage = { groupId: 'fold', topics: ['touched'], rounds: 2 }

describe('whether everything is worked out', () => {
  it('is so at once in a city where nothing happened', async () => {
    const { kafka, isConnected } = createBroker({ ends: {}, goOn: () => {} })
    expect(await caughtUp(kafka, [sink, fold], { timeoutMs: 0 })).toBeUndefined()
    expect(isConnected()).toBe(false)
  })

  it('is asked again while a topic’s leader is none yet, and what does not pass is told at once', async () => {
    const { kafka } = createBroker({ ends: {}, goOn: () => {} })
    const failing = (error: Error, times: number): OffsetsSource => ({
      admin: () => {
        const admin = kafka.admin()
        let left = times
        return {
          ...admin,
          fetchTopicOffsets: async (topic) => {
            if (left-- > 0) throw error
            return admin.fetchTopicOffsets(topic)
          },
        }
      },
    })
    const named = (type: string, retriable: boolean) =>
      Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type, retriable })
    const moved = named('NOT_LEADER_FOR_PARTITION', true)
    expect(await caughtUp(failing(moved, 2), [sink], { timeoutMs: 60_000 })).toBeUndefined()
    await expect(caughtUp(failing(moved, 2), [sink], { timeoutMs: -1 })).rejects.toBe(moved)
    const refused = named('TOPIC_AUTHORIZATION_FAILED', false)
    await expect(caughtUp(failing(refused, 1), [sink], { timeoutMs: 60_000 })).rejects.toBe(refused)
  })

  it('is so with a few messages to go where a city takes that', async () => {
    const { kafka, world } = createBroker({ ends: { events: 5 }, goOn: () => {} })
    world.committed['sink events'] = 3
    expect(await caughtUp(kafka, [sink], { timeoutMs: 0, maxLag: 2 })).toBeUndefined()
    expect(await caughtUp(kafka, [sink], { timeoutMs: -1, maxLag: 1 })).toContain('2 messages behind')
  })

  it('is so when each step has done what the step before had left for it', async () => {
    const { kafka, world } = createBroker({
      ends: { events: 5 },
      goOn: ({ committed, ends, looks }) => {
        if (looks < 2) return
        committed['sink events'] = 5
        ends.touched ??= 3 // what the sink left for the fold
        if (looks < 4) return
        committed['fold touched'] = Math.min(ends.touched, (committed['fold touched'] ?? 0) + 3)
        if (looks === 4) ends.touched = 4 // and what the fold left for itself
      },
    })
    const waits: string[] = []
    const onWait = ({ groupId }: Stage, remaining: number) => void waits.push(`${groupId} ${remaining}`)
    expect(await caughtUp(kafka, [sink, fold], { timeoutMs: 60_000, onWait })).toBeUndefined()
    expect(waits).toEqual(['sink 5', 'fold 3'])
    expect(world.committed).toEqual({ 'sink events': 5, 'fold touched': 4 })
  })

  it('does not wait for what comes in while it waits', async () => {
    const { kafka } = createBroker({
      ends: { events: 5 },
      goOn: ({ committed, ends, looks }) => {
        ends.events = 1_000 * looks
        committed['sink events'] = 4 + looks
      },
    })
    expect(await caughtUp(kafka, [sink], { timeoutMs: 60_000 })).toBeUndefined()
  })

  it('says which step is behind, how far and on what, when the time is up', async () => {
    const { kafka, isConnected } = createBroker({
      ends: { events: 12 },
      goOn: ({ committed }) => Object.assign(committed, { 'sink events': 5 }),
    })
    expect(await caughtUp(kafka, [sink, fold], { timeoutMs: 0 })).toBe('sink is 7 messages behind on events')
    expect(isConnected()).toBe(false)
  })

  it('stops waiting when it is told to', async () => {
    const stopping = new AbortController()
    const { kafka, isConnected } = createBroker({ ends: { events: 1 }, goOn: () => {} })
    const waiting = caughtUp(kafka, [sink], {
      timeoutMs: 60_000,
      signal: stopping.signal,
      onWait: () => stopping.abort(),
    })
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    expect(isConnected()).toBe(false)
  })

  it.each(['connect', 'fetchTopicOffsets', 'fetchOffsets'] as const)(
    'stops waiting also for a broker that does not answer to %s',
    async (request) => {
      const stopping = new AbortController()
      const { kafka } = createBroker({ ends: { events: 1 }, goOn: () => {} })
      const silent: OffsetsSource = {
        admin: () => ({
          ...kafka.admin(),
          [request]: () => {
            setImmediate(() => stopping.abort())
            return new Promise<never>(() => {})
          },
        }),
      }
      const waiting = caughtUp(silent, [sink], { timeoutMs: 60_000, signal: stopping.signal })
      await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    },
  )

  it('leaves no connection open that came about after it had stopped waiting', async () => {
    const stopping = new AbortController()
    const { kafka, isConnected } = createBroker({ ends: { events: 1 }, goOn: () => {} })
    let reach: () => void = () => {}
    const away: OffsetsSource = {
      admin: () => {
        const admin = kafka.admin()
        return {
          ...admin,
          connect: async () => {
            setImmediate(() => stopping.abort())
            await new Promise<void>((resolve) => {
              reach = resolve
            })
            await admin.connect()
          },
        }
      },
    }
    const waiting = caughtUp(away, [sink], { timeoutMs: 60_000, signal: stopping.signal })
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    reach()
    await new Promise(setImmediate)
    expect(isConnected()).toBe(false)
  })
})
