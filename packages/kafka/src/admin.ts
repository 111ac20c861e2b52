import type { Kafka } from 'kafkajs'
import { standingsOf } from './group-standings.ts'
import { type OffsetGap, offsetGapsOf } from './offset-gap.ts'
import { untilLed } from './until-led.ts'

export interface TopicSpec {
  readonly name: string
  readonly partitions: number
  readonly config: Readonly<Record<string, string>>
}

export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  readonly lag: number
}

export interface KafkaAdmin {
  /** Makes the topics that are missing; says which. Leaves those that are there as they are. */
  createTopics(topics: readonly TopicSpec[]): Promise<readonly string[]>
  /** Partitions of each topic that exists. */
  partitionsOf(topics: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Messages not yet committed by the group; a partition it never committed counts from its first offset. */
  lagOf(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  /** Offsets that a topic has given out and not dropped yet, over its partitions. */
  messagesIn(topic: string): Promise<number>
  /** Drops those that are there. */
  deleteTopics(topics: readonly string[]): Promise<void>
  /** Forgets the group with its offsets, when there is one. It must have no member any more. */
  deleteGroup(groupId: string): Promise<void>
  /** Partitions on which the group cannot read on where it left off. */
  gapsOf(groupId: string, topics: readonly string[]): Promise<readonly OffsetGap[]>
  /** `Empty` and `Dead` are those without members. */
  stateOf(groupId: string): Promise<string>
  /** Has the group go on at this offset. It must have no members. */
  moveTo(
    groupId: string,
    place: { readonly topic: string; readonly partition: number; readonly offset: number },
  ): Promise<void>
  brokers(): Promise<readonly string[]>
  close(): Promise<void>
}

const leadersWithinMs = 30_000

export async function createKafkaAdmin(
  kafka: Kafka,
  options: { readonly replicationFactor?: number } = {},
): Promise<KafkaAdmin> {
  const admin = kafka.admin()
  await admin.connect()
  return {
    createTopics: async (topics) => {
      const present = new Set(await admin.listTopics())
      const missing = topics.filter(({ name }) => !present.has(name))
      if (missing.length === 0) return []
      await admin.createTopics({
        waitForLeaders: false,
        topics: missing.map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: options.replicationFactor ?? -1,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      })
      const names = missing.map(({ name }) => name)
      await untilLed(admin, names, { timeoutMs: leadersWithinMs })
      return names
    },
    partitionsOf: async (topics) => {
      const present = new Set(await admin.listTopics())
      const wanted = topics.filter((topic) => present.has(topic))
      if (wanted.length === 0) return new Map()
      const { topics: found } = await admin.fetchTopicMetadata({ topics: wanted })
      return new Map(found.map(({ name, partitions }) => [name, partitions.length]))
    },
    lagOf: async (groupId, topics) => {
      const standings = await standingsOf(admin, groupId, topics)
      return standings.map(({ topic, partition, committed, end }) => ({ topic, partition, lag: end - committed }))
    },
    messagesIn: async (topic) =>
      (await admin.fetchTopicOffsets(topic)).reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0),
    deleteTopics: async (topics) => {
      const present = new Set(await admin.listTopics())
      const wanted = topics.filter((topic) => present.has(topic))
      if (wanted.length > 0) await admin.deleteTopics({ topics: wanted })
    },
    deleteGroup: async (groupId) => {
      const { groups } = await admin.listGroups()
      if (groups.some((group) => group.groupId === groupId)) await admin.deleteGroups([groupId])
    },
    gapsOf: (groupId, topics) => offsetGapsOf(admin, groupId, topics),
    stateOf: async (groupId) => (await admin.describeGroups([groupId])).groups[0]?.state ?? 'Dead',
    moveTo: (groupId, { topic, partition, offset }) =>
      admin.setOffsets({ groupId, topic, partitions: [{ partition, offset: String(offset) }] }),
    brokers: async () => (await admin.describeCluster()).brokers.map(({ host, port }) => `${host}:${port}`),
    close: () => admin.disconnect(),
  }
}
