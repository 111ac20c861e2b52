import { createBalanceLog } from '@bina/clickhouse/balance-log'
import { createConflictLog } from '@bina/clickhouse/conflict-log'
import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { createIngestLog } from '@bina/clickhouse/ingest-log'
import { contentHash } from '@bina/events/content-hash'
import { decodeEvent } from '@bina/events/decode-event'
import type { Lane } from '@bina/events/topics'
import type { Kafka } from '@bina/kafka/connect'
import { createDeadLetters } from '@bina/kafka/dead-letters'
import { createGroupStandings } from '@bina/kafka/group-standings'
import type { MessagePublisher } from '@bina/kafka/message-publisher'
import { createOriginalMessages } from '@bina/kafka/original-messages'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { groups } from '@bina/pipeline/stages'
import { createSweepConflicts } from '@bina/pipeline/store/sweep-conflicts'
import type { Logger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createSinkWorker, type SinkWorker, type SinkWorkerDeps } from '@bina/sink-worker/app'

export interface SinkWorld {
  readonly kafka: Kafka
  readonly clickhouse: ClickHouseClient
  readonly publisher: MessagePublisher
  readonly topicPrefix: string
  readonly zone: string
  readonly clock: () => number
  readonly log: Logger
}

export interface TestSinkOptions {
  readonly maxRows?: number
  readonly maxBytes?: number
  readonly sessionTimeoutMs?: number
  readonly sweepEveryMs?: number
  readonly lagEveryMs?: number
  readonly lane?: Lane
  readonly rowsPerSecond?: number
}

/** What a sink-worker works with, on real servers. */
export function sinkDeps({ kafka, clickhouse, publisher, topicPrefix, clock, log }: SinkWorld): SinkWorkerDeps {
  return {
    kafka,
    ingestLog: createIngestLog(clickhouse),
    balanceLog: createBalanceLog(clickhouse),
    standings: createGroupStandings(kafka),
    conflicts: createConflictLog(clickhouse),
    originals: createOriginalMessages(kafka, {
      topicPrefix,
      groupId: groups.originals(topicPrefix),
      timeoutMs: 30_000,
    }),
    deadLetters: createDeadLetters(publisher, { topicPrefix }),
    touches: createTouchPublisher(publisher, { topicPrefix }),
    metrics: createMetrics({ processMetrics: false }),
    log,
    clock,
  }
}

/** A sink-worker of the product; a fault is put into one of its ports by `deps`. */
export function testSink(
  world: SinkWorld,
  options: TestSinkOptions = {},
  deps: SinkWorkerDeps = sinkDeps(world),
): SinkWorker {
  const { maxRows = 20_000, maxBytes = 16_000_000, sessionTimeoutMs = 30_000 } = options
  const { sweepEveryMs = 20_000, lagEveryMs = 1_000, lane = 'live', rowsPerSecond } = options
  return createSinkWorker(
    {
      zone: world.zone,
      topicPrefix: world.topicPrefix,
      lane,
      ...(rowsPerSecond !== undefined && { rowsPerSecond }),
      maxRows,
      maxBytes,
      maxWaitMs: 200,
      sessionTimeoutMs,
      stallExitMs: 120_000,
      sweepEveryMs,
      lagEveryMs,
    },
    deps,
  )
}

/** One sweep for conflicting identities, as the sink-worker makes it. */
export function testSweep(world: SinkWorld): () => Promise<void> {
  return createSweepConflicts(
    { zone: world.zone },
    { ...sinkDeps(world), decode: decodeEvent, contentHash, count: () => {} },
  )
}
