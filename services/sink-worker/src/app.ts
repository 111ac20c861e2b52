import { isDataFault, isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { contentHash } from '@bina/events/content-hash'
import { decodeEvent } from '@bina/events/decode-event'
import { readEvent } from '@bina/events/read-event'
import { attendanceTopic, eventTopicRanks, eventTopics, topicName } from '@bina/events/topics'
import { createBatchConsumer } from '@bina/kafka/batch-consumer'
import type { Kafka } from '@bina/kafka/connect'
import type { GroupStandings } from '@bina/kafka/group-standings'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createLagWatch } from '@bina/kafka/lag-watch'
import { createProgressWatch } from '@bina/kafka/progress-watch'
import type { ReceivedMessage } from '@bina/kafka/received-message'
import type { BalanceLog } from '@bina/pipeline/ports/balance-log'
import type { ConflictLog } from '@bina/pipeline/ports/conflict-log'
import type { DeadLetters } from '@bina/pipeline/ports/dead-letters'
import type { IngestLog } from '@bina/pipeline/ports/ingest-log'
import type { OriginalMessages } from '@bina/pipeline/ports/original-messages'
import type { TouchPublisher } from '@bina/pipeline/ports/touch-publisher'
import { groups } from '@bina/pipeline/stages'
import { createNameRefused } from '@bina/pipeline/store/name-refused'
import { createJudgeBatch, type JudgedBatch } from '@bina/pipeline/store/settle-batch'
import { createSweepConflicts } from '@bina/pipeline/store/sweep-conflicts'
import { createWatchBalance } from '@bina/pipeline/store/watch-balance'
import type { Component } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { createTicker } from '@bina/runtime/ticker'
import { createSinkMetrics } from './sink-metrics.ts'

export interface SinkWorkerConfig {
  readonly zone: string
  readonly topicPrefix: string
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
  /** In the order in which they start. */
  readonly components: readonly Component[]
  readonly failed: Promise<never>
  readonly ready: Readonly<Record<string, () => string | undefined>>
}

/** Kafka to ClickHouse: at-least-once delivery, idempotent effect. Identities with two contents are swept up, and
 *  the balance is reckoned, by whichever worker holds the first partition. */
export function createSinkWorker(config: SinkWorkerConfig, deps: SinkWorkerDeps): SinkWorker {
  const { log, clock } = deps
  const tell = createSinkMetrics(deps.metrics, { topics: eventTopics.map(({ name }) => name), clock })

  const contractName = new Map<string, string>(
    eventTopics.map(({ name }) => [topicName(config.topicPrefix, name), name]),
  )
  const nameOf = ({ topic }: { readonly topic: string }) => contractName.get(topic) ?? topic
  /** Field by field: spreading takes several times as long. */
  const named = (message: ReceivedMessage): ReceivedMessage => ({
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
      const ready = judged.get(batch) ?? judge(batch.map(named))
      judged.set(batch, ready)
      return ready.settle()
    },
    isDataFault,
  })
  const group = { groupId: groups.sink(config.topicPrefix), topics: [...contractName.keys()] }
  const { sessionTimeoutMs, stallExitMs } = config
  const lagWatch = createLagWatch(group, { standings: deps.standings, clock })
  const consumer = createBatchConsumer(
    {
      ...group,
      maxRows: config.maxRows,
      maxBytes: config.maxBytes,
      maxWaitMs: config.maxWaitMs,
      sessionTimeoutMs,
    },
    {
      kafka: deps.kafka,
      ahead: (batch) => judged.set(batch, judge(batch.map(named))),
      handle: (batch) => {
        tell.took(batch)
        lagWatch.took(batch)
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
  const firstTopic = topicName(config.topicPrefix, attendanceTopic)
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
        watchBalance ??= createWatchBalance({ lookBack: 20_000, atOnce: 100_000 }, deps.balanceLog)
        const positions = await deps.standings.of(group.groupId, group.topics)
        const { topics, newDuplicates } = await watchBalance(positions.map(byContractName))
        tell.balance(topics, newDuplicates)
      },
      log,
    },
  )
  // Last, so that it stops first: a look that waits for brokers must not hold up the stop.
  const standings = { name: 'group standings', start: async () => {}, stop: () => deps.standings.close() }
  const watch = createProgressWatch({ ...group, sessionTimeoutMs, stallExitMs }, { kafka: deps.kafka, consumer, log })
  const failed = Promise.race([consumer.failed, watch.failed])
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained
  return {
    components: [consumer, watch, sweeper, lagTicker, balanceTicker, standings],
    failed,
    ready: { consumer: consumer.ready, progress: watch.ready },
  }
}
