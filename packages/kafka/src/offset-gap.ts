import { setTimeout as wait } from 'node:timers/promises'
import type { Admin, Kafka } from 'kafkajs'
import { isPassingKafkaError } from './kafka-error.ts'

/** A partition of which a group cannot read on where it left off. Offsets are whole numbers below 2^53. */
export interface OffsetGap {
  readonly topic: string
  readonly partition: number
  /** The next offset that the group would read; undefined where the broker knows none. */
  readonly committed: number | undefined
  /** First offset that the log still has. */
  readonly low: number
  /** One past the last that it has. */
  readonly high: number
}

export class OffsetGapError extends Error {
  override readonly name = 'OffsetGapError'
  readonly gaps: readonly OffsetGap[]

  constructor(groupId: string, gaps: readonly OffsetGap[]) {
    const accepts = gaps.map(({ topic, partition }) => `npx bina offsets accept-gap ${groupId} ${topic} ${partition}`)
    super(
      `${groupId} cannot read on where it left off: ${gaps.map(tellGap).join('; ')}. Nothing was leapt over. ` +
        `Bring the log back if you can; else stop the workers of this group and accept each gap, then start them: ${accepts.join('; ')}`,
    )
    this.gaps = gaps
  }
}

/** What happened to one partition, in words. */
export function tellGap({ topic, partition, committed, low, high }: OffsetGap): string {
  const log = `the log has ${low} to ${high - 1}`
  const place = `${topic}, partition ${partition}`
  if (committed === undefined)
    return `${place}: no offset is committed, and ${low === high ? `the log is empty up to ${high}` : log}, so what stood before it may never have been read`
  if (committed > high)
    return `${place}: ${committed} is committed, but the log ends before ${high}: the topic was made anew, or its brokers lost data`
  return `${place}: ${committed} is committed, but the log begins at ${low}: ${low - committed} messages are gone unread`
}

/**
 * The partitions on which a group would have to leap. Without a committed offset it begins at the log's beginning, which is no leap while
 * the log still has its first message. A topic that is not there has no gaps.
 */
export async function offsetGapsOf(
  admin: Pick<Admin, 'fetchOffsets' | 'fetchTopicOffsets'>,
  groupId: string,
  topics: readonly string[],
): Promise<readonly OffsetGap[]> {
  const gaps: OffsetGap[] = []
  const places = await admin.fetchOffsets({ groupId, topics: [...topics] })
  for (const topic of topics) {
    const partitions = places.find((place) => place.topic === topic)?.partitions ?? []
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      const offset = Number(partitions.find((place) => place.partition === partition)?.offset ?? -1)
      const gap = {
        topic,
        partition,
        committed: offset < 0 ? undefined : offset,
        low: Number(low),
        high: Number(high),
      }
      const isWithin =
        gap.committed === undefined ? gap.low === 0 : gap.low <= gap.committed && gap.committed <= gap.high
      if (!isWithin) gaps.push(gap)
    }
  }
  return gaps
}

const patienceMs = 30_000
const askAgainMs = 250

/** The same, asked by a client of its own, and again while a coordinator or a leader has only just been chosen. */
export async function findOffsetGaps(
  kafka: Pick<Kafka, 'admin'>,
  groupId: string,
  topics: readonly string[],
): Promise<readonly OffsetGap[]> {
  const admin = kafka.admin()
  const deadlineMs = performance.now() + patienceMs
  try {
    await admin.connect()
    for (;;) {
      try {
        return await offsetGapsOf(admin, groupId, topics)
      } catch (error) {
        if (!isPassingKafkaError(error) || performance.now() > deadlineMs) throw error
      }
      await wait(askAgainMs)
    }
  } finally {
    await admin.disconnect()
  }
}
