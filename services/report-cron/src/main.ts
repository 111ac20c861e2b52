import { setTimeout as wait } from 'node:timers/promises'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createWorkCalendar } from '@bina/domain/calendar'
import { reportDueTopic, topicName } from '@bina/events/topics'
import { caughtUp } from '@bina/kafka/caught-up'
import { connectKafka } from '@bina/kafka/connect'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createLatePublisher } from '@bina/kafka/late-publisher'
import { reachKafka, whyNotReached } from '@bina/kafka/reach-kafka'
import { parseMailAddress } from '@bina/mailer/mail-address'
import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { createDataComplete } from '@bina/pipeline/report/data-complete'
import { pipelineStages } from '@bina/pipeline/stages'
import { together } from '@bina/runtime/lifecycle'
import { loadPolicy } from '@bina/runtime/load-policy'
import { loadActionLibrary } from '@bina/runtime/load-practice'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { clickHouseSettings, kafkaSettings, smtpSettings } from '@bina/runtime/settings'
import { createWaitForServer } from '@bina/runtime/wait-for-server'
import { createReportCron, isPassing } from './app.ts'
import { linksOf, minuteOf, readReportConfig, whatReportsSay } from './config.ts'
import { createReportDesk } from './report-desk.ts'
import { createReportSources } from './report-sources.ts'
import { createReportTools } from './report-tools.ts'

// Monday's own doorbell rings a moment after its time, also where nothing is caught up.
const doorbellToleranceMs = 60_000

async function main() {
  const config = readReportConfig(process.env)
  const service = 'report-cron'
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const zone = config.BINA_TIMEZONE
  const topicPrefix = config.KAFKA_TOPIC_PREFIX
  const dueMinute = minuteOf(config.REPORT_DUE_AT)
  const clock = Date.now
  const settings = kafkaSettings(config, service)
  const kafka = connectKafka(settings, { log })
  const clickhouse = connectClickHouse(clickHouseSettings(config, service))
  const publisher = createLatePublisher(kafka)
  const mailer = createSmtpMailer(smtpSettings(config))
  const { MAIL_FROM: from, MAIL_REPLY_TO: replyTo } = config
  const sources = createReportSources(
    {
      zone,
      dueMinute,
      cityProfile: config.BINA_CITY_PROFILE,
      contact: replyTo ?? from,
      compose: { from, replyTo, attachPdf: config.REPORT_ATTACH_PDF },
      ...whatReportsSay(config),
    },
    {
      clickhouse,
      calendar: createWorkCalendar({ zone, policy: policy.calendar }),
      policy,
      library: await loadActionLibrary(config.BINA_POLICY_DIR),
      tools: createReportTools(linksOf(config)),
      clock,
    },
  )
  const store = createFoldedStore(clickhouse)
  const desk = createReportDesk(
    {
      deliver: {
        maxAttempts: config.REPORT_MAX_ATTEMPTS,
        retryDelayMs: config.REPORT_RETRY_DELAY_MS,
        atOnce: config.SMTP_MAX_CONNECTIONS,
        takeOverMs: 5_000,
      },
      approvalWeeks: config.REPORT_APPROVAL_WEEKS,
      operator: { operator: config.OPERATOR_EMAIL, from, zone, locale: config.OPERATOR_LOCALE },
      mailsPerDomainMinute: config.SMTP_MAILS_PER_DOMAIN_MINUTE,
      mailDomain: parseMailAddress(from)?.address.split('@')[1] ?? 'localhost',
    },
    {
      ...sources,
      mailer,
      behind: (week, signal) =>
        createDataComplete(
          { zone, waitMs: config.REPORT_WAIT_MS },
          {
            store,
            caughtUp: () =>
              caughtUp(kafka, pipelineStages(topicPrefix), {
                timeoutMs: config.REPORT_WAIT_MS,
                maxLag: config.REPORT_MAX_LAG_MESSAGES,
                signal,
              }),
            wait: (ms) => wait(ms, undefined, { signal }),
          },
        )(week),
      isPassing,
      wait: (ms, signal) => wait(ms, undefined, { signal }),
      clock,
      log,
    },
  )
  const cron = createReportCron(
    {
      topicPrefix,
      zone,
      dueMinute,
      catchUpMs: config.REPORT_CATCH_UP_HOURS * 3_600_000 + doorbellToleranceMs,
      sessionTimeoutMs: config.REPORT_SESSION_TIMEOUT_MS,
      stallExitMs: config.CONSUMER_STALL_EXIT_MS,
    },
    { kafka, publisher, ledger: sources.ledger, ...desk, metrics, log, clock },
  )
  const topics = [topicName(topicPrefix, reportDueTopic)]
  const kafkaReached = createWaitForServer('Kafka', {
    reach: (signal) => reachKafka(settings, { topics, log, signal }),
    isPassing: isPassingKafkaError,
    explain: (error) => whyNotReached(error, settings.brokers),
    log,
  })
  const operations = createOperationsServer(
    { service, host: config.OPERATIONS_HOST, port: config.OPERATIONS_PORT },
    { metrics, log, ready: { kafka: kafkaReached.ready, ...cron.ready } },
  )
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await mailer.close()
      await clickhouse.close()
    },
  }
  const working = together(service, [cron.component, publisher.patience])
  await runService([clients, operations, kafkaReached, publisher, working], cron.failed, {
    log,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
  })
}

exitOnError(main())
