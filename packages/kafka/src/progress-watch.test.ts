import type { Kafka } from 'kafkajs'
import { afterEach, expect, it } from 'vitest'
import { clusterSymbol } from './answered-ends.ts'
import type { ConsumerState } from './consumer-state.ts'
import { createProgressWatch, type ProgressWatch } from './progress-watch.ts'

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
const reading: ConsumerState = { assigned: { t: [0] }, isWaiting: false, workingMs: undefined, unheardMs: 0 }
let watch: ProgressWatch | undefined

afterEach(async () => {
  await watch?.stop()
})

/** A broker that holds so many messages of which so many are committed; `answers` false: it is away. */
function createWorld(state: Partial<ConsumerState> = {}) {
  const world = {
    ...{ committed: 0, high: 0, answers: true, looks: 0, refused: 0, state: { ...reading, ...state } },
    ...{ reach: Promise.resolve(), isConnected: false },
  }
  const ask = async <T>(answer: () => T) => {
    if (!world.answers) {
      world.refused++
      throw new Error('away')
    }
    return answer()
  }
  const admin = {
    connect: async () => {
      await world.reach
      world.isConnected = true
    },
    disconnect: async () => {
      world.isConnected = false
    },
    fetchOffsets: () =>
      ask(() => [{ topic: 't', partitions: [{ partition: 0, offset: String(world.committed), metadata: null }] }]),
    fetchTopicOffsets: () =>
      ask(() => {
        world.looks++
        return [{ partition: 0, offset: String(world.high), low: '0', high: String(world.high) }]
      }),
  }
  watch = createProgressWatch(
    { groupId: 'g', topics: ['t'], sessionTimeoutMs: 60_000, stallExitMs: 60, everyMs: 5, stalledAfterMs: 20 },
    {
      kafka: { admin: () => admin } as unknown as Pick<Kafka, 'admin'>,
      consumer: { state: () => world.state },
      log: silent,
    },
  )
  const looked = async (times: number) => {
    const until = world.looks + times
    while (world.looks < until) await new Promise(setImmediate)
  }
  return { world, looked, watch }
}

const outcome = ({ failed }: ProgressWatch) => Promise.race([failed.catch((error: Error) => error.message), 'well'])

it('says that fetches which come back empty while the log grows are no progress, and gives the process up', async () => {
  const { world, watch } = createWorld()
  await watch.start()
  world.high = 500
  await expect(watch.failed).rejects.toThrow(/^g makes no progress for .* s: t\/0 stands at 0 with 500 messages/)
  expect(watch.ready()).toContain('t/0 stands at 0 with 500 messages to read')
})

it('has nothing to say where all that comes is committed', async () => {
  const { world, looked, watch } = createWorld()
  await watch.start()
  for (let at = 0; at < 30; at++) {
    world.high += 10
    world.committed += 9
    await looked(1)
  }
  expect(watch.ready()).toBeUndefined()
  expect(await outcome(watch)).toBe('well')
})

it('takes a wait for ClickHouse for what it is', async () => {
  const { world, looked, watch } = createWorld({ isWaiting: true })
  world.high = 500
  await watch.start()
  await looked(30)
  expect(watch.ready()).toBeUndefined()
  expect(await outcome(watch)).toBe('well')
})

it('waits with its judgement while Kafka itself does not answer, and begins anew when it does', async () => {
  const { world, looked, watch } = createWorld()
  world.high = 500
  await watch.start()
  await looked(2)
  world.answers = false
  // Looks are 5 ms apart at least: longer than a process without progress is given.
  while (world.refused < 30) await new Promise(setImmediate)
  expect(watch.ready()).toBeUndefined()
  expect(await outcome(watch)).toBe('well')
  world.answers = true
  await expect(watch.failed).rejects.toThrow('no progress')
})

it('stops at once while it still connects to brokers that are away, and leaves no connection open that comes about afterwards', async () => {
  const { world, watch } = createWorld()
  let reach: () => void = () => {}
  world.reach = new Promise<void>((resolve) => {
    reach = resolve
  })
  await watch.start()
  await watch.stop()
  expect(world.isConnected).toBe(false)
  reach()
  await new Promise(setImmediate)
  expect([world.isConnected, world.looks]).toEqual([false, 0])
})

it('judges by the partitions whose leaders answer, where only the leader of another one is away', async () => {
  const away = async () => {
    throw new Error('away')
  }
  const offsets = [0, 1].map((partition) => ({ partition, offset: '0', metadata: null }))
  const ends = new Map([
    ['false', '500'],
    ['true', '0'],
  ])
  const quiet = { connect: async () => {}, disconnect: async () => {} }
  const cluster = {
    ...quiet,
    addTargetTopic: async () => {},
    findTopicPartitionMetadata: () => [0, 1].map((partitionId) => ({ partitionId, leader: partitionId })),
    fetchTopicsOffset: async ([asked]: readonly [
      { readonly fromBeginning: boolean; readonly partitions: readonly { readonly partition: number }[] },
    ]) => {
      if (asked.partitions.some(({ partition }) => partition === 1)) await away()
      return [{ partitions: [{ partition: 0, offset: ends.get(String(asked.fromBeginning)) }] }]
    },
  }
  const kafka = {
    admin: () => ({
      ...quiet,
      fetchOffsets: async () => [{ topic: 't', partitions: offsets }],
      fetchTopicOffsets: away,
    }),
    [Symbol(clusterSymbol)]: () => cluster,
  }
  watch = createProgressWatch(
    { groupId: 'g', topics: ['t'], sessionTimeoutMs: 60_000, stallExitMs: 60, everyMs: 5, stalledAfterMs: 20 },
    {
      kafka: kafka as unknown as Pick<Kafka, 'admin'>,
      consumer: { state: () => ({ ...reading, assigned: { t: [0, 1] } }) },
      log: silent,
    },
  )
  await watch.start()
  await expect(watch.failed).rejects.toThrow('t/0 stands at 0 with 500 messages to read')
  ends.set('false', '0')
  while (watch.ready() !== undefined) await new Promise(setImmediate)
})
