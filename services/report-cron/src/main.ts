import { setTimeout as wait } from 'node:timers/promises'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createReportSnapshots } from '@bina/clickhouse/report-snapshots'
import { createWorkCalendar } from '@bina/domain/calendar'
import { reportDueTopic, topicName } from '@bina/events/topics'
import { caughtUp } from '@bina/kafka/caught-up'
import { connectKafka } from '@bina/kafka/connect'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createLatePublisher } from '@bina/kafka/late-publisher'
import { reachKafka, whyNotReached } from '@bina/kafka/reach-kafka'
import { parseMailAddress } from '@bina/mailer/mail-address'
import { messageIdOf } from '@bina/mailer/message-id'
import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { reportInputs } from '@bina/pipeline/report/report-inputs'
import { createWeeklyRun } from '@bina/pipeline/report/weekly-run'
import { pipelineStages } from '@bina/pipeline/stages'
import { parseCaseUrls } from '@bina/reporting/case-urls'
import { loadPolicy } from '@bina/runtime/load-policy'
import { loadActionLibrary } from '@bina/runtime/load-practice'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { createWaitForServer } from '@bina/runtime/wait-for-server'
import { createReportCron, isPassing } from './app.ts'
import { minuteOf, readReportConfig } from './config.ts'
import { createKeepTrying } from './keep-trying.ts'

// Monday's own doorbell rings a moment after its time, also where nothing is caught up.
const doorbellToleranceMs = 60_000

async function main() {
  const config = readReportConfig(process.env)
  const service = 'report-cron'
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const library = await loadActionLibrary(config.BINA_POLICY_DIR)
  const zone = config.BINA_TIMEZONE
  const topicPrefix = config.KAFKA_TOPIC_PREFIX
  const dueMinute = minuteOf(config.REPORT_DUE_AT)
  const clock = Date.now
  const settings = kafkaSettings(config, service)
  const kafka = connectKafka(settings, { log })
  const clickhouse = connectClickHouse(clickHouseSettings(config, service))
  const publisher = createLatePublisher(kafka)
  const mailer = createSmtpMailer({
    url: config.SMTP_URL,
    ...(config.SMTP_TLS === undefined ? {} : { tls: config.SMTP_TLS }),
  })
  const ledger = createReportLedger(clickhouse)
  const figures = createReportFigures(clickhouse, { zone })
  const snapshots = createReportSnapshots(clickhouse)
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const contact = config.MAIL_REPLY_TO ?? config.MAIL_FROM
  const caseUrls = parseCaseUrls(config.REPORT_CASE_URLS ?? '')
  const mailDomain = parseMailAddress(config.MAIL_FROM)?.address.split('@')[1] ?? 'localhost'
  const cron = createReportCron(
    {
      topicPrefix,
      zone,
      dueMinute,
      catchUpMs: config.REPORT_CATCH_UP_HOURS * 3_600_000 + doorbellToleranceMs,
      sessionTimeoutMs: config.REPORT_SESSION_TIMEOUT_MS,
    },
    {
      kafka,
      publisher,
      ledger,
      runWeek: (week, { assertOwned, signal, retryRefused }) =>
        createWeeklyRun(
          {
            from: config.MAIL_FROM,
            replyTo: config.MAIL_REPLY_TO,
            library,
            maxAttempts: config.REPORT_MAX_ATTEMPTS,
            retryDelayMs: config.REPORT_RETRY_DELAY_MS,
          },
          {
            ledger,
            mailer,
            inputs: (asked, dataCompleteUntilMs) =>
              reportInputs(
                { zone, cityProfile: config.BINA_CITY_PROFILE, dueMinute, contact, caseUrls },
                { figures, snapshots, calendar, policy: policy.scoring, policyVersion: policy.version },
                { week: asked, nowMs: clock(), dataCompleteUntilMs },
              ),
            behind: () => caughtUp(kafka, pipelineStages(topicPrefix), { timeoutMs: config.REPORT_WAIT_MS, signal }),
            assertOwned,
            signal,
            keepTrying: createKeepTrying({
              isPassing,
              assertOwned,
              signal,
              onRetry: (err, attempt, delayMs) =>
                log.warn({ err, attempt, delayMs }, 'a mail was tried and the ledger cannot be told, trying again'),
            }),
            messageIdOf: (delivery) => messageIdOf(delivery, mailDomain),
            wait: (ms) => wait(ms, undefined, { signal }),
            clock,
            progress: (done, total) => log.debug({ done, total }, 'report run goes on'),
          },
        )(week, { retryRefused }),
      metrics,
      log,
      clock,
    },
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
    { metrics, log, ready: { kafka: kafkaReached.ready, consumer: cron.consumer.ready } },
  )
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await mailer.close()
      await clickhouse.close()
    },
  }
  await runService([clients, operations, kafkaReached, publisher, ...cron.components], cron.consumer.failed, {
    log,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
  })
}

exitOnError(main())
