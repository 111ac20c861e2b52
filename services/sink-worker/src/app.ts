import { isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { contentHash } from '@bina/events/content-hash'
import { decodeEvent } from '@bina/events/decode-event'
import { attendanceTopic, eventTopics, topicName } from '@bina/events/topics'
import { createBatchConsumer } from '@bina/kafka/batch-consumer'
import type { Kafka } from '@bina/kafka/connect'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import type { ConflictLog } from '@bina/pipeline/ports/conflict-log'
import type { DeadLetters } from '@bina/pipeline/ports/dead-letters'
import type { IngestLog } from '@bina/pipeline/ports/ingest-log'
import type { OriginalMessages } from '@bina/pipeline/ports/original-messages'
import type { TouchPublisher } from '@bina/pipeline/ports/touch-publisher'
import { groups } from '@bina/pipeline/stages'
import { createSettleBatch } from '@bina/pipeline/store/settle-batch'
import { createSweepConflicts } from '@bina/pipeline/store/sweep-conflicts'
import type { Component } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { createTicker } from '@bina/runtime/ticker'

export interface SinkWorkerConfig {
  readonly zone: string
  readonly topicPrefix: string
  readonly maxRows: number
  readonly maxBytes: number
  readonly maxWaitMs: number
  readonly sessionTimeoutMs: number
  readonly sweepEveryMs: number
}

export interface SinkWorkerDeps {
  readonly kafka: Kafka
  readonly ingestLog: IngestLog
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

/** Kafka to ClickHouse: at-least-once delivery, idempotent effect. Identities with two contents are swept up by whichever worker
 *  holds the first partition. */
export function createSinkWorker(config: SinkWorkerConfig, deps: SinkWorkerDeps): SinkWorker {
  const { metrics, log } = deps
  const settled = metrics.counter(
    'sink_settled_messages_total',
    'Messages settled since the start, by outcome and topic; redelivered ones count again',
    ['outcome', 'topic'],
  )
  const lag = metrics.gauge(
    'sink_consumer_lag_messages',
    'Messages in Kafka that are not fetched yet, by topic and partition',
    ['topic', 'partition'],
  )
  const insertSeconds = metrics.histogram(
    'sink_insert_seconds',
    'Time of one insert into ClickHouse',
    [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  )
  const insertRows = metrics.histogram(
    'sink_insert_rows',
    'Rows of one insert',
    [1, 10, 100, 1_000, 5_000, 20_000, 100_000],
  )
  const waits = metrics.counter(
    'sink_waits_total',
    'Tries that failed because ClickHouse or Kafka was away; the batch is kept and tried again',
  )
  const conflicts = metrics.counter(
    'sink_conflicting_messages_total',
    'Messages set aside by the sweep, since an earlier one has their identity and says something else',
    ['topic'],
  )
  const sweptAt = metrics.gauge(
    'sink_sweep_timestamp_seconds',
    'When a sweep last came to its end in this process, Unix time; only the worker that holds the first partition sweeps',
  )

  const contractName = new Map<string, string>(
    eventTopics.map(({ name }) => [topicName(config.topicPrefix, name), name]),
  )
  const nameOf = ({ topic }: { readonly topic: string }) => contractName.get(topic) ?? topic
  const { deadLetters, touches, clock } = deps
  const settle = createSettleBatch(
    { zone: config.zone, topicRanks: new Map([...contractName.values()].sort().map((name, rank) => [name, rank])) },
    {
      decode: decodeEvent,
      contentHash,
      ingestLog: {
        settle: async (messages) => {
          const startedAtMs = performance.now()
          await deps.ingestLog.settle(messages)
          insertSeconds.observe((performance.now() - startedAtMs) / 1000)
          insertRows.observe(messages.length)
        },
      },
      deadLetters,
      touches,
      clock,
      count: (outcome, topic) => settled.inc({ outcome, topic }),
    },
  )
  const consumer = createBatchConsumer(
    {
      groupId: groups.sink(config.topicPrefix),
      topics: [...contractName.keys()],
      maxRows: config.maxRows,
      maxBytes: config.maxBytes,
      maxWaitMs: config.maxWaitMs,
      sessionTimeoutMs: config.sessionTimeoutMs,
    },
    {
      kafka: deps.kafka,
      handle: (batch) => settle(batch.map((message) => ({ ...message, topic: nameOf(message) }))),
      keepEmpty: (empty) => deps.ingestLog.passOver(empty.map((offsets) => ({ ...offsets, topic: nameOf(offsets) }))),
      isRetryable: (error) => isPassingClickHouseError(error) || isPassingKafkaError(error),
      log,
      onLag: (topic, partition, messages) => lag.set({ topic, partition: String(partition) }, messages),
      onWait: () => waits.inc(),
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
      count: (topic) => conflicts.inc({ topic }),
    },
  )
  const firstTopic = topicName(config.topicPrefix, attendanceTopic)
  const sweeper = createTicker(
    { name: 'conflict sweep', everyMs: config.sweepEveryMs, holds: () => consumer.holds(firstTopic, 0) },
    {
      tick: async () => {
        await sweep()
        sweptAt.set(clock() / 1000)
      },
      log,
    },
  )
  return { components: [consumer, sweeper], failed: consumer.failed, ready: { consumer: consumer.ready } }
}
