import { lanes, topicsOfLane } from '@bina/events/topics'
import { kafkaSink } from '@bina/kafka/kafka-sink'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { createPatientSink } from '@bina/runtime/patient-sink'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { kafkaSettings } from '@bina/runtime/settings'
import asyncApi from '../../../docs/contract/asyncapi.json' with { type: 'json' }
import { createApp } from './app.ts'
import { readIngestConfig } from './config.ts'

async function main() {
  const config = readIngestConfig(process.env)
  const service = 'ingest-api'
  const clock = Date.now
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const sink = createPatientSink({
    ...kafkaSink(
      {
        settings: kafkaSettings(config, service),
        topicPrefix: config.KAFKA_TOPIC_PREFIX,
        topics: lanes.flatMap((lane) => topicsOfLane(lane).map(({ name }) => name)),
      },
      { log, clock },
    ),
    log,
    clock,
  })
  const ready = { kafka: sink.ready }
  const app = createApp(
    {
      keys: config.INGEST_KEYS,
      publishTimeoutMs: config.INGEST_PUBLISH_TIMEOUT_MS,
      maxPendingEvents: config.INGEST_MAX_PENDING_EVENTS,
    },
    {
      sink,
      documents: { asyncApi: () => JSON.stringify(asyncApi) },
      ready,
      metrics,
      log,
      clock,
    },
  )
  const door = {
    name: 'http door',
    start: async () => {
      const address = await app.listen({ host: config.INGEST_HOST, port: config.INGEST_PORT })
      log.info({ address }, 'events are taken at /v1/events')
    },
    stop: () => app.close(),
  }
  const operations = createOperationsServer(
    { service, host: config.OPERATIONS_HOST, port: config.OPERATIONS_PORT },
    { metrics, log, ready },
  )
  await runService([sink, operations, door], sink.failed, { log, shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS })
}

exitOnError(main())
