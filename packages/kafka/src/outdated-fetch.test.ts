import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { until } from '@bina/testkit/until'
import type { Admin, Consumer, ConsumerConfig, Kafka } from 'kafkajs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createBatchConsumer } from './batch-consumer.ts'
import { registerOutdatedFetch } from './outdated-fetch.ts'

// The real consumer of kafkajs over two brokers of paper, since which answer comes first decides what is lost.

const insides = createRequire(import.meta.url)
const createConsumer = insides('kafkajs/src/consumer') as (config: object) => Consumer
const { MemberAssignment } = insides('kafkajs/src/consumer/assignerProtocol') as {
  readonly MemberAssignment: { encode(assignment: object): Buffer }
}

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
const ownLog = { ...silent, namespace: () => ownLog }
const end = 30
const soon = (what: string) => ({ withinMs: 10_000, what, everyMs: 5 })

interface Places {
  readonly topics: readonly {
    readonly partitions: readonly { readonly partition: number; readonly offset: string }[]
  }[]
}

interface Question {
  readonly topics: readonly { readonly partitions: readonly { readonly fetchOffset: string }[] }[]
}

/** Partition 0 of `t` is on the first broker and empty, 1 is on the second and has 30 messages, or marks in their place from one on. The group may form anew without end. */
function createTwoBrokers(marksFrom: number) {
  const committed = [-1, -1]
  const asked: number[] = []
  const held: (() => void)[] = []
  let isHolding = false
  let hasMoved = false
  let joins = 0
  const messagesFrom = (from: number) =>
    Array.from({ length: Math.min(17, end - from) }, (_, at) => ({
      ...{ offset: String(from + at), timestamp: '0', key: null, value: Buffer.from('x'), headers: {} },
      isControlRecord: from + at >= marksFrom,
    }))
  const fetches = [
    async () => {
      await wait(5)
      if (hasMoved) {
        hasMoved = false
        throw Object.assign(new Error('not the leader'), { type: 'NOT_LEADER_FOR_PARTITION', retriable: true })
      }
      return { responses: [] }
    },
    async ({ topics }: Question) => {
      const from = Number(topics[0]?.partitions[0]?.fetchOffset)
      asked.push(from)
      if (isHolding && from > 0) await new Promise<void>((resolve) => held.push(resolve))
      else await wait(5)
      if (from >= end) return { responses: [] }
      const partition = {
        partition: 1,
        highWatermark: String(end),
        abortedTransactions: [],
        messages: messagesFrom(from),
      }
      return { responses: [{ topicName: 't', partitions: [partition] }] }
    },
  ]
  const brokers = fetches.map((fetch, at) => ({
    ...{ nodeId: at + 1, fetch, isConnected: () => true, heartbeat: async () => {}, leaveGroup: async () => {} },
    joinGroup: async () => ({
      ...{
        generationId: ++joins,
        leaderId: 'another',
        memberId: 'm',
        members: [],
        groupProtocol: 'RoundRobinAssigner',
      },
    }),
    syncGroup: async () => ({
      memberAssignment: MemberAssignment.encode({ version: 1, assignment: { t: [0, 1] }, userData: Buffer.alloc(0) }),
    }),
    offsetFetch: async ({ topics }: Places) => ({
      responses: topics.map(({ partitions }) => ({
        topic: 't',
        partitions: partitions.map(({ partition }) => ({ partition, offset: String(committed[partition]) })),
      })),
    }),
    offsetCommit: async ({ topics }: Places) => {
      for (const { partition, offset } of topics.flatMap(({ partitions }) => partitions))
        committed[partition] = Number(offset)
    },
  }))
  const offsets = {}
  const cluster = {
    ...{ connect: async () => {}, disconnect: async () => {}, refreshMetadata: async () => {} },
    ...{ refreshMetadataIfNecessary: async () => {}, addMultipleTargetTopics: async () => {} },
    ...{ findGroupCoordinator: async () => brokers[0], getNodeIds: () => ['1', '2'], defaultOffset: () => '-2' },
    findBroker: async ({ nodeId }: { readonly nodeId: string | number }) => brokers[Number(nodeId) - 1],
    findTopicPartitionMetadata: () => [0, 1].map((partitionId) => ({ partitionId, leader: partitionId + 1 })),
    committedOffsets: () => offsets,
    fetchTopicsOffset: async (topics: Places['topics']) =>
      topics.map(({ partitions }) => ({
        topic: 't',
        partitions: partitions.map(({ partition }) => ({ partition, offset: '0' })),
      })),
  }
  const admin: Pick<Admin, 'connect' | 'disconnect' | 'fetchOffsets' | 'fetchTopicOffsets'> = {
    ...{ connect: async () => {}, disconnect: async () => {} },
    fetchOffsets: async () => [{ topic: 't', partitions: [] }],
    fetchTopicOffsets: async () => [],
  }
  // The types of kafkajs have more than ours asks of them.
  const kafka = {
    admin: () => admin,
    consumer: (config: ConsumerConfig) => createConsumer({ ...config, cluster, logger: ownLog }),
  } as unknown as Pick<Kafka, 'admin' | 'consumer'>
  return {
    ...{ kafka, committed, asked, held },
    joins: () => joins,
    /** The second broker answers what comes after its first messages when it is let. */
    hold: () => {
      isHolding = true
    },
    letGo: () => {
      isHolding = false
      for (const answer of held.splice(0)) answer()
    },
    /** The first broker says once that it leads its partition no more. */
    move: () => {
      hasMoved = true
    },
  }
}

describe('a group that forms anew because a broker has given a partition away', () => {
  beforeAll(registerOutdatedFetch)

  function createWorld(limits: { readonly maxRows: number; readonly maxWaitMs: number }, marksFrom = end) {
    const brokers = createTwoBrokers(marksFrom)
    const handled: number[] = []
    let goOn: () => void = () => {}
    let isHeld = false
    const consumer = createBatchConsumer(
      { groupId: 'g', topics: ['t'], maxBytes: 1_000_000, sessionTimeoutMs: 30_000, ...limits },
      {
        kafka: brokers.kafka,
        log: silent,
        isRetryable: () => false,
        handle: async (batch) => {
          if (isHeld) await new Promise<void>((resolve) => (goOn = resolve))
          handled.push(...batch.map(({ offset }) => offset))
        },
      },
    )
    return {
      ...{ ...brokers, consumer, handled },
      holdWork: () => {
        isHeld = true
      },
      goOn: () => {
        isHeld = false
        goOn()
      },
    }
  }
  const all = Array.from({ length: end }, (_, offset) => offset)

  it.each([
    ['clock-ins', end],
    ['marks of transactions', 17],
  ])('loses no clock-in, though another broker was about to answer with %s', async (_, marksFrom) => {
    const world = createWorld({ maxRows: 1_000, maxWaitMs: 200 }, marksFrom)
    await world.consumer.start()
    world.hold()
    await until(() => world.held.length > 0, soon('a fetch of what comes next'))
    const onItsWay = world.asked.at(-1)
    world.move()
    await until(() => world.joins() > 1, soon('a group that forms anew'))
    world.letGo()
    await until(() => world.committed[1] === end, soon('a commit of everything'))
    await world.consumer.stop()
    expect(onItsWay).toBeGreaterThan(0)
    expect([...new Set(world.handled)].toSorted((one, other) => one - other)).toEqual(all.slice(0, marksFrom))
  })

  it('loses no clock-in, though some wait for room', async () => {
    const world = createWorld({ maxRows: 5, maxWaitMs: 1 })
    world.holdWork()
    await world.consumer.start()
    // Of the first seventeen five are in work, five wait for that, and five are in the buffer; the last two wait for room.
    await until(() => world.consumer.state().workingMs !== undefined, soon('work'))
    world.move()
    await until(() => world.joins() > 1, soon('a group that forms anew'))
    world.goOn()
    await until(() => world.committed[1] === end, soon('a commit of everything'))
    await world.consumer.stop()
    expect([...new Set(world.handled)].toSorted((one, other) => one - other)).toEqual(all)
  })
})
