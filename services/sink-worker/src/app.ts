import { isDataFault, isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { contentHash } from '@bina/events/content-hash'
import { decodeEvent } from '@bina/events/decode-event'
import { readEvent } from '@bina/events/read-event'
import { attendanceTopic, eventTopicRanks, type Lane, topicInLane, topicName, topicsOfLane } from '@bina/events/topics'
import { createBatchConsumer } from '@bina/kafka/batch-consumer'
import { caughtUp } from '@bina/kafka/caught-up'
import type { Kafka } from '@bina/kafka/connect'
import type { GroupStandings } from '@bina/kafka/group-standings'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createLagWatch } from '@bina/kafka/lag-watch'
import { createProgressWatch } from '@bina/kafka/progress-watch'
import type { ReceivedMessage } from '@bina/kafka/received-message'
import type { ArrivedMessage } from '@bina/pipeline/ports/arrived-message'
import type { BalanceLog } from '@bina/pipeline/ports/balance-log'
import type { ConflictLog } from '@bina/pipeline/ports/conflict-log'
import type { DeadLetters } from '@bina/pipeline/ports/dead-letters'
import type { IngestLog } from '@bina/pipeline/ports/ingest-log'
import type { OriginalMessages } from '@bina/pipeline/ports/original-messages'
import type { TouchPublisher } from '@bina/pipeline/ports/touch-publisher'
import { liveStages, sinkStage } from '@bina/pipeline/stages'
import { createNameRefused } from '@bina/pipeline/store/name-refused'
import { createJudgeBatch, type JudgedBatch } from '@bina/pipeline/store/settle-batch'
import { createSweepConflicts } from '@bina/pipeline/store/sweep-conflicts'
import { createWatchBalance } from '@bina/pipeline/store/watch-balance'
import { type Component, together } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { createRateLimit } from '@bina/runtime/rate-limit'
import { createTicker } from '@bina/runtime/ticker'
import { createLiveFirst } from './live-first.ts'
import { createSinkMetrics } from './sink-metrics.ts'

export interface SinkWorkerConfig {
  readonly zone: string
  readonly topicPrefix: string
  readonly lane: Lane
  /** Rows that are stored in a second at most; as many as come when absent. */
  readonly rowsPerSecond?: number
  readonly maxRows: number
  readonly maxBytes: number
  readonly maxWaitMs: number
  readonly sessionTimeoutMs: number
  readonly stallExitMs: number
  /** How often to look for identities with two contents, and to reckon the balance. */
  readonly sweepEveryMs: number
  /** How often to ask Kafka how far the group is behind. */
  readonly lagEveryMs: number
}

export interface SinkWorkerDeps {
  readonly kafka: Kafka
  readonly ingestLog: IngestLog
  readonly balanceLog: BalanceLog
  readonly standings: GroupStandings
  readonly conflicts: ConflictLog
  readonly originals: OriginalMessages
  readonly deadLetters: DeadLetters
  readonly touches: Pick<TouchPublisher, 'touch'>
  readonly metrics: Metrics
  readonly log: Logger
  readonly clock: () => number
}

export interface SinkWorker {
  readonly component: Component
  readonly failed: Promise<never>
  readonly ready: Readonly<Record<string, () => string | undefined>>
}

/** A worker that is a whole batch behind, and more, fills the next one for so long. */
const backlogWaitMs = 2_000

/** Live work that is behind for longer is looked at anew: what came in meanwhile goes first too. */
const liveFirstLookMs = 60_000

/** Kafka to ClickHouse: at-least-once delivery, idempotent effect. The balance of a lane is reckoned by whichever of its workers holds the
 *  first partition; identities with two contents, in any lane, are swept up by that of the live one. */
export function createSinkWorker(config: SinkWorkerConfig, deps: SinkWorkerDeps): SinkWorker {
  const { log, clock } = deps
  const { lane, topicPrefix } = config
  const names = topicsOfLane(lane).map(({ name }) => name)
  const tell = createSinkMetrics(deps.metrics, { topics: names, clock })

  const contractName = new Map<string, string>(names.map((name) => [topicName(topicPrefix, name), name]))
  const nameOf = ({ topic }: { readonly topic: string }) => contractName.get(topic) ?? topic
  /** Field by field: spreading takes several times as long. */
  const named = (message: ArrivedMessage): ArrivedMessage => ({
    topic: nameOf(message),
    partition: message.partition,
    offset: message.offset,
    recordAtMs: message.recordAtMs,
    key: message.key,
    value: message.value,
    headers: message.headers,
  })
  const { deadLetters, touches } = deps
  const judge = createJudgeBatch(
    { zone: config.zone, topicRanks: eventTopicRanks },
    {
      named,
      read: readEvent,
      ingestLog: {
        begin: () => {
          const batch = deps.ingestLog.begin()
          const recordsAtMs: number[] = []
          let rows = 0
          return {
            add: (message) => {
              batch.add(message)
              rows++
              if (message.outcome === 'event') recordsAtMs.push(message.recordAtMs)
            },
            settle: async () => {
              const startedAtMs = performance.now()
              await batch.settle()
              tell.inserted({ rows, recordsAtMs }, startedAtMs)
            },
          }
        },
      },
      deadLetters,
      touches,
      clock,
      count: tell.settled,
    },
  )
  // Read while the batch before is being stored, and not again when storing is tried again.
  const judged = new WeakMap<readonly ReceivedMessage[], JudgedBatch>()
  const settle = createNameRefused<ReceivedMessage>({
    settle: (batch) => {
      const ready = judged.get(batch) ?? judge(batch)
      judged.set(batch, ready)
      return ready.settle()
    },
    isDataFault,
  })
  const group = sinkStage(topicPrefix, lane)
  const { sessionTimeoutMs, stallExitMs } = config
  // History lets all that is live go first, up to the scores, so that a clock-in has a portion or two of it before it and never the rest.
  const { rowsPerSecond } = config
  const liveFirst =
    lane === 'live'
      ? undefined
      : createLiveFirst({
          limit: rowsPerSecond === undefined ? async () => {} : createRateLimit(rowsPerSecond),
          liveBehind: (signal) => caughtUp(deps.kafka, liveStages(topicPrefix), { timeoutMs: liveFirstLookMs, signal }),
          onPause: tell.yielded,
          log,
        })
  const lagWatch = createLagWatch(group, { standings: deps.standings, clock })
  const consumer = createBatchConsumer(
    {
      ...group,
      maxRows: config.maxRows,
      maxBytes: config.maxBytes,
      maxWaitMs: config.maxWaitMs,
      backlogWaitMs,
      sessionTimeoutMs,
    },
    {
      kafka: deps.kafka,
      ahead: (batch) => judged.set(batch, judge(batch)),
      handle: async (batch, stopping) => {
        lagWatch.took(batch)
        await liveFirst?.turn(batch.length, stopping)
        tell.took(batch)
        return settle(batch)
      },
      keepEmpty: (empty) => deps.ingestLog.passOver(empty.map((offsets) => ({ ...offsets, topic: nameOf(offsets) }))),
      isRetryable: (error) => isPassingClickHouseError(error) || isPassingKafkaError(error),
      log,
      onWait: (error, waitedMs) => tell.waits(isPassingClickHouseError(error) ? 'clickhouse' : 'kafka', waitedMs),
      onPause: tell.paused,
    },
  )
  const sweep = createSweepConflicts(
    { zone: config.zone },
    {
      conflicts: deps.conflicts,
      originals: deps.originals,
      decode: decodeEvent,
      contentHash,
      deadLetters,
      touches,
      clock,
      count: tell.conflict,
    },
  )
  const firstTopic = topicName(topicPrefix, topicInLane(attendanceTopic, lane))
  const sweeper = createTicker(
    { name: 'conflict sweep', everyMs: config.sweepEveryMs, holds: () => consumer.holds(firstTopic, 0) },
    {
      tick: async () => {
        await sweep()
        tell.swept()
      },
      log,
    },
  )
  const byContractName = <T extends { readonly topic: string }>(of: T): T => ({ ...of, topic: nameOf(of) })
  const lagTicker = createTicker(
    { name: 'lag watch', everyMs: config.lagEveryMs, holds: () => true },
    { tick: async () => tell.lag((await lagWatch.look()).map(byContractName)), log },
  )
  let watchBalance: ReturnType<typeof createWatchBalance> | undefined
  const balanceTicker = createTicker(
    { name: 'balance watch', everyMs: config.sweepEveryMs, holds: () => true },
    {
      tick: async () => {
        if (!consumer.holds(firstTopic, 0)) {
          watchBalance = undefined
          tell.noBalance()
          return
        }
        watchBalance ??= createWatchBalance({ lookBack: 20_000, atOnce: 400_000 }, deps.balanceLog)
        const positions = await deps.standings.of(group.groupId, group.topics)
        const { topics, newDuplicates } = await watchBalance(positions.map(byContractName))
        tell.balance(topics, newDuplicates)
      },
      log,
    },
  )
  // A look that waits for brokers must not hold up the stop.
  const standings = { name: 'group standings', start: async () => {}, stop: () => deps.standings.close() }
  // Who lets others go first does not stall.
  const state = () => ({
    ...consumer.state(),
    isWaiting: consumer.state().isWaiting || liveFirst?.isWaiting() === true,
  })
  const watch = createProgressWatch(
    { ...group, sessionTimeoutMs, stallExitMs },
    { kafka: deps.kafka, consumer: { state }, log },
  )
  const failed = Promise.race([consumer.failed, watch.failed])
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained
  return {
    component: together('sink-worker', [
      ...[consumer, watch, ...(lane === 'live' ? [sweeper] : [])],
      ...[lagTicker, balanceTicker, standings],
    ]),
    failed,
    ready: {
      consumer: () => (liveFirst?.isWaiting() === true ? undefined : consumer.ready()),
      progress: watch.ready,
    },
  }
}
