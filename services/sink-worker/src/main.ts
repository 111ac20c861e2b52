import { createBalanceLog } from '@bina/clickhouse/balance-log'
import { isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { createConflictLog } from '@bina/clickhouse/conflict-log'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createIngestLog } from '@bina/clickhouse/ingest-log'
import { serverFacts } from '@bina/clickhouse/server-facts'
import { farthestAheadMs } from '@bina/events/check-event'
import { connectKafka } from '@bina/kafka/connect'
import { createDeadLetters } from '@bina/kafka/dead-letters'
import { createGroupStandings } from '@bina/kafka/group-standings'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createLatePublisher } from '@bina/kafka/late-publisher'
import { createOriginalMessages } from '@bina/kafka/original-messages'
import { reachKafka, whyNotReached } from '@bina/kafka/reach-kafka'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { groups, sinkStage } from '@bina/pipeline/stages'
import { together } from '@bina/runtime/lifecycle'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { createWaitForServer } from '@bina/runtime/wait-for-server'
import { createSinkWorker } from './app.ts'
import { createClockCheck } from './clock-check.ts'
import { readSinkConfig, rowsAtOnce } from './config.ts'

async function main() {
  const config = readSinkConfig(process.env)
  const lane = config.SINK_LANE
  const service = lane === 'live' ? 'sink-worker' : 'backfill-worker'
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics({ labels: { lane } })
  const settings = kafkaSettings(config, service)
  const kafka = connectKafka(settings, { log })
  const clickhouse = connectClickHouse(clickHouseSettings(config, service))
  const publisher = createLatePublisher(kafka)
  const topicPrefix = config.KAFKA_TOPIC_PREFIX
  const clockCheck = createClockCheck(
    // Half of it for this machine, the other half for the publishers'.
    { toleranceMs: farthestAheadMs / 2, everyMs: 5_000 },
    {
      theirNowMs: async () => (await serverFacts(clickhouse)).nowMs,
      isPassing: isPassingClickHouseError,
      clock: Date.now,
      elapsedMs: () => performance.now(),
      log,
    },
  )
  const worker = createSinkWorker(
    {
      zone: config.BINA_TIMEZONE,
      topicPrefix,
      lane,
      ...(lane === 'backfill' && { rowsPerSecond: config.SINK_BACKFILL_ROWS_PER_SECOND }),
      maxRows: rowsAtOnce(config).rows,
      maxBytes: config.SINK_FLUSH_BYTES,
      maxWaitMs: config.SINK_FLUSH_MS,
      sessionTimeoutMs: config.SINK_SESSION_TIMEOUT_MS,
      stallExitMs: config.CONSUMER_STALL_EXIT_MS,
      sweepEveryMs: config.SINK_SWEEP_MS,
      lagEveryMs: 5_000,
    },
    {
      kafka,
      ingestLog: createIngestLog(clickhouse),
      balanceLog: createBalanceLog(clickhouse),
      standings: createGroupStandings(kafka),
      conflicts: createConflictLog(clickhouse),
      originals: createOriginalMessages(kafka, {
        topicPrefix,
        groupId: groups.originals(topicPrefix),
        timeoutMs: 15_000,
      }),
      deadLetters: createDeadLetters(publisher, { topicPrefix }),
      touches: createTouchPublisher(publisher, { topicPrefix }),
      metrics,
      log,
      clock: clockCheck.clock,
    },
  )
  const { topics } = sinkStage(topicPrefix, lane)
  const kafkaReached = createWaitForServer('Kafka', {
    reach: (signal) => reachKafka(settings, { topics, log, signal }),
    isPassing: isPassingKafkaError,
    explain: (error) => whyNotReached(error, settings.brokers),
    log,
  })
  const operations = createOperationsServer(
    { service, host: config.OPERATIONS_HOST, port: config.OPERATIONS_PORT },
    { metrics, log, ready: { kafka: kafkaReached.ready, clickhouse: clockCheck.ready, ...worker.ready } },
  )
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await clickhouse.close()
    },
  }
  const working = together(service, [worker.component, publisher.patience])
  await runService(
    [clients, operations, kafkaReached, clockCheck.component, publisher, working],
    Promise.race([clockCheck.failed, worker.failed]),
    { log, shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS },
  )
}

exitOnError(main())
