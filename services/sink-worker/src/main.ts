import { createConflictLog } from '@bina/clickhouse/conflict-log'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createIngestLog } from '@bina/clickhouse/ingest-log'
import { connectKafka } from '@bina/kafka/connect'
import { createDeadLetters } from '@bina/kafka/dead-letters'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { createOriginalMessages } from '@bina/kafka/original-messages'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { groups } from '@bina/pipeline/stages'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { createSinkWorker } from './app.ts'
import { readSinkConfig } from './config.ts'

async function main() {
  const config = readSinkConfig(process.env)
  const service = 'sink-worker'
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const kafka = connectKafka(kafkaSettings(config, service), { log })
  const clickhouse = connectClickHouse(clickHouseSettings(config, service))
  const publisher = await createMessagePublisher(kafka)
  const topicPrefix = config.KAFKA_TOPIC_PREFIX
  const worker = createSinkWorker(
    {
      zone: config.BINA_TIMEZONE,
      topicPrefix,
      maxRows: config.SINK_FLUSH_ROWS,
      maxBytes: config.SINK_FLUSH_BYTES,
      maxWaitMs: config.SINK_FLUSH_MS,
      sessionTimeoutMs: config.SINK_SESSION_TIMEOUT_MS,
      sweepEveryMs: config.SINK_SWEEP_MS,
    },
    {
      kafka,
      ingestLog: createIngestLog(clickhouse),
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
      clock: Date.now,
    },
  )
  const operations = createOperationsServer(
    { service, host: config.OPERATIONS_HOST, port: config.OPERATIONS_PORT },
    { metrics, log, ready: worker.ready },
  )
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await publisher.close()
      await clickhouse.close()
    },
  }
  await runService([clients, operations, ...worker.components], worker.failed, {
    log,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
  })
}

exitOnError(main())
