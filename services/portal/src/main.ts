import { connectClickHouse } from '@bina/clickhouse/connect'
import { createRecipientChoices } from '@bina/clickhouse/report-recipients'
import { createUnitNames } from '@bina/clickhouse/unit-names'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { kafkaSink } from '@bina/kafka/kafka-sink'
import { parseMailAddress } from '@bina/mailer/mail-address'
import { linkAddress } from '@bina/pipeline/links/link-address'
import { createLinkSigner, createLinkVerifier } from '@bina/pipeline/links/link-token'
import { actionText } from '@bina/reporting/action-library'
import { loadActionLibrary } from '@bina/runtime/load-practice'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { createPatientSink } from '@bina/runtime/patient-sink'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { createApp } from './app.ts'
import { readPortalConfig } from './config.ts'
import { createPerformDeed } from './perform-deed.ts'
import { createUnitLabels } from './unit-labels.ts'

const unitNameTimeoutMs = 1_500

async function main() {
  const config = readPortalConfig(process.env)
  const service = 'portal'
  const clock = Date.now
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const library = await loadActionLibrary(config.BINA_POLICY_DIR)
  const clickhouse = connectClickHouse(clickHouseSettings(config, service))
  const sink = createPatientSink<EventToPublish>({
    ...kafkaSink(
      {
        settings: kafkaSettings(config, service),
        topicPrefix: config.KAFKA_TOPIC_PREFIX,
        topics: ['bina.coaching.v1'],
      },
      { log, clock },
    ),
    log,
    clock,
  })
  const sign = createLinkSigner(config.REPORT_LINK_SECRET)
  const previous = config.REPORT_LINK_SECRET_PREVIOUS
  const contact = config.MAIL_REPLY_TO ?? config.MAIL_FROM
  const app = createApp(
    {
      requestsAMinute: config.PORTAL_REQUESTS_A_MINUTE,
      trustedProxies: config.PORTAL_TRUSTED_PROXIES ?? [],
    },
    {
      verify: createLinkVerifier({ current: config.REPORT_LINK_SECRET, ...(previous !== undefined && { previous }) }),
      addressOf: (claim) => linkAddress(config.PUBLIC_URL, claim, sign),
      perform: createPerformDeed(
        { timeoutMs: config.PORTAL_PUBLISH_TIMEOUT_MS },
        { publish: sink.publish, choices: createRecipientChoices(clickhouse), clock },
      ),
      unitName: createUnitLabels({ timeoutMs: unitNameTimeoutMs }, { names: createUnitNames(clickhouse), log }),
      stepText: (actionCode, locale) => actionText(library, actionCode, locale),
      contact: parseMailAddress(contact)?.address ?? contact,
      zone: config.BINA_TIMEZONE,
      clock,
      metrics,
      log,
    },
  )
  const pages = {
    name: 'pages',
    start: async () => {
      const address = await app.listen({ host: config.PORTAL_HOST, port: config.PORTAL_PORT })
      log.info({ address }, 'pages are served')
    },
    stop: () => app.close(),
  }
  const clients = { name: 'clients', start: async () => {}, stop: () => clickhouse.close() }
  const operations = createOperationsServer(
    { service, host: config.OPERATIONS_HOST, port: config.OPERATIONS_PORT },
    { metrics, log, ready: { kafka: sink.ready } },
  )
  await runService([clients, sink, operations, pages], sink.failed, {
    log,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
  })
}

exitOnError(main())
