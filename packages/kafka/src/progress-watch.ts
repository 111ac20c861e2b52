import { setTimeout as wait } from 'node:timers/promises'
import type { Admin, Kafka } from 'kafkajs'
import { answered, answeredEnds, type PartitionEnds } from './answered-ends.ts'
import type { BatchConsumer } from './batch-consumer.ts'
import type { KafkaLog } from './kafka-log.ts'
import { createProgressClock, type PartitionPosition, type Stall } from './progress-clock.ts'
import { withAdmin } from './with-admin.ts'

export interface ProgressWatchConfig {
  readonly groupId: string
  readonly topics: readonly string[]
  readonly sessionTimeoutMs: number
  /** How long nothing may move though there is something to read, and Kafka answers, before the process is given up. */
  readonly stallExitMs: number
  /** For how long a batch may honestly be in work, as when reports are mailed one by one; absent where it is a matter of seconds. Only what is
   *  in work for longer counts as a stall, and from then on. */
  readonly workMayLastMs?: number
  /** How often to look, and what is called a stall; together less than half a minute when absent. */
  readonly everyMs?: number
  readonly stalledAfterMs?: number
}

export interface ProgressWatchDeps {
  readonly kafka: Pick<Kafka, 'admin'>
  readonly consumer: Pick<BatchConsumer, 'state'>
  readonly log: KafkaLog
}

export interface ProgressWatch {
  readonly name: string
  start(): Promise<void>
  stop(): Promise<void>
  /** Rejects when nothing has moved for too long; the process should then end, and another begin where it left off. */
  readonly failed: Promise<never>
  /** Undefined while the consumer makes progress, else the reason why it does not. */
  ready(): string | undefined
}

/** A part that stands while the rest goes on, or one batch in work, may only be slow. */
const partialTimes = 5

/**
 * Looks at a consumer from outside, as an operator would: by what its group has committed and what the log holds. A consumer that believes
 * that it works, and does not, is found out so. Kafka's own absence is no fault of the consumer, and it waits for that.
 */
export function createProgressWatch(config: ProgressWatchConfig, deps: ProgressWatchDeps): ProgressWatch {
  const { log } = deps
  const { everyMs = 5_000, stalledAfterMs = 20_000 } = config
  const clock = () => performance.now()
  const judge = createProgressClock({
    sessionTimeoutMs: config.sessionTimeoutMs,
    workMayLastMs: config.workMayLastMs,
  })
  const stopping = new AbortController()
  let looking: Promise<void> = Promise.resolve()
  let stall: Stall | undefined
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained

  const stalledMs = (since: number | undefined) => (since === undefined ? 0 : clock() - since)
  const tell = ({ reason, sinceMs }: Stall) => `no progress for ${Math.round(stalledMs(sinceMs) / 1000)} s: ${reason}`

  const look = async (admin: Admin) => {
    const positions = await positionsOf(admin, deps.kafka, config, stopping.signal)
    if (stopping.signal.aborted) return
    const before = stall
    stall = judge(positions, deps.consumer.state(), clock())
    if (stall === undefined) {
      if (before !== undefined && stalledMs(before.sinceMs) > stalledAfterMs)
        log.info({ groupId: config.groupId }, 'there is progress again')
      return
    }
    if (stalledMs(stall.sinceMs) <= stalledAfterMs) return
    log.warn({ groupId: config.groupId }, tell(stall))
    if (
      stalledMs(stall.wholeSinceMs) > config.stallExitMs ||
      stalledMs(stall.sinceMs) > partialTimes * config.stallExitMs
    )
      fail(new Error(`${config.groupId} makes ${tell(stall)}. It does not heal: another process shall take over`))
  }

  const lookAgainAndAgain = async () => {
    const { signal } = stopping
    const pause = () => wait(everyMs, undefined, { signal }).catch(() => undefined)
    // Who asks a broker that is away has it asked again by the next look, and no sooner; kafkajs heeds that when it asks, not when it connects.
    const kafka = { admin: () => deps.kafka.admin({ retry: { retries: 1 } }) }
    while (!signal.aborted) {
      try {
        await withAdmin(kafka, signal, async (admin) => {
          while (!signal.aborted) {
            await look(admin)
            await pause()
          }
        })
      } catch (error) {
        if (signal.aborted) return
        // Nothing is known of the time until Kafka answers again.
        stall = undefined
        judge([], { ...deps.consumer.state(), isWaiting: true }, clock())
        log.debug({ err: error, groupId: config.groupId }, 'cannot look at the progress, trying again')
        await pause()
      }
    }
  }

  return {
    name: `progress watch ${config.groupId}`,
    failed,
    ready: () => (stall !== undefined && stalledMs(stall.sinceMs) > stalledAfterMs ? tell(stall) : undefined),
    start: async () => {
      looking = lookAgainAndAgain()
    },
    stop: async () => {
      stopping.abort()
      await looking
    },
  }
}

/** Of the partitions whose leaders answer: what is away is no fault of the consumer, and what stands elsewhere is judged all the same. */
async function positionsOf(
  admin: Pick<Admin, 'fetchOffsets' | 'fetchTopicOffsets'>,
  kafka: object,
  { groupId, topics }: Pick<ProgressWatchConfig, 'groupId' | 'topics'>,
  signal: AbortSignal,
): Promise<readonly PartitionPosition[]> {
  const places = await admin.fetchOffsets({ groupId, topics: [...topics] })
  const endsOf = async (topic: string): Promise<readonly PartitionEnds[]> => {
    try {
      const ends = await admin.fetchTopicOffsets(topic)
      return ends.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
    } catch (error) {
      return answeredEnds(kafka, topic, signal).catch(() => {
        throw error
      })
    }
  }
  const ends = await Promise.allSettled(topics.map(async (topic) => ({ topic, partitions: await endsOf(topic) })))
  return answered(ends).flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, low, high }) => {
      const committed = Number(
        places.find((place) => place.topic === topic)?.partitions.find((place) => place.partition === partition)
          ?.offset ?? -1,
      )
      return { topic, partition, committed, lag: high - (committed < 0 ? low : committed) }
    }),
  )
}
