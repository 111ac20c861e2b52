import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { topicName } from '@bina/events/topics'
import { caughtUp } from '@bina/kafka/caught-up'
import { startSmtpSink } from '@bina/local-stack/smtp-sink'
import { messageIdOf } from '@bina/mailer/message-id'
import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { reportInputs } from '@bina/pipeline/report/report-inputs'
import { createWeeklyRun } from '@bina/pipeline/report/weekly-run'
import { groups, pipelineStages } from '@bina/pipeline/stages'
import { createReportCron } from '@bina/report-cron/app'
import { startAll } from '@bina/runtime/lifecycle'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import type { TestCity } from './city.ts'

export const sender = 'Bina <bina@palembang.example>'
export const contact = 'pembinaan@palembang.example'
const dueMinute = 6 * 60

export interface ReportServiceOptions {
  readonly clock: () => number
  readonly zone?: string
  readonly cityProfile?: string
  /** Code with which the mail server refuses a recipient. */
  readonly refuse?: (recipient: string) => number | undefined
}

/** The inputs of a week's reports, from the city's real figures. */
export function inputsOf(city: TestCity, options: ReportServiceOptions) {
  const { clock, zone = 'Asia/Jakarta', cityProfile = 'office_5d' } = options
  const { calendar, policy } = city
  return (week: string, dataCompleteUntilMs: number) =>
    reportInputs(
      { zone, cityProfile, dueMinute, contact },
      {
        figures: createReportFigures(city.clickhouse),
        calendar,
        policy: policy.scoring,
        policyVersion: policy.version,
      },
      { week, nowMs: clock(), dataCompleteUntilMs },
    )
}

/** The real report-cron over the real ledger, with a real mail server and its outbox. It has rung once when it is up. */
export async function startReportService(city: TestCity, options: ReportServiceOptions) {
  const { clock, zone = 'Asia/Jakarta', refuse } = options
  const { kafka, topicPrefix, publisher } = city
  const outboxDir = await mkdtemp(join(tmpdir(), 'bina-outbox-'))
  const smtp = await startSmtpSink({ outboxDir, ...(refuse === undefined ? {} : { refuse }) })
  const mailer = createSmtpMailer({ url: smtp.url })
  const ledger = createReportLedger(city.clickhouse)
  const cron = createReportCron(
    { topicPrefix, zone, dueMinute, catchUpMs: 48 * 3_600_000, sessionTimeoutMs: 30_000 },
    {
      kafka,
      publisher,
      ledger,
      runWeek: (week, { assertOwned, retryRefused }) =>
        createWeeklyRun(
          { from: sender, replyTo: contact, maxAttempts: 2, retryDelayMs: 1 },
          {
            ledger,
            mailer,
            inputs: inputsOf(city, options),
            behind: () => caughtUp(kafka, pipelineStages(topicPrefix), { timeoutMs: 60_000 }),
            assertOwned,
            messageIdOf: (delivery) => messageIdOf(delivery, 'palembang.example'),
            wait: async () => {},
            clock,
            progress: () => {},
          },
        )(week, { retryRefused }),
      metrics: createMetrics({ processMetrics: false }),
      log: createLogger({ service: 'test', level: 'silent' }),
      clock,
    },
  )
  const topic = topicName(topicPrefix, 'bina.report-due.v1')
  const stopAll = await startAll(cron.components)
  let failure: unknown
  cron.consumer.failed.catch((error: unknown) => {
    failure = error
  })
  return {
    ledger,
    mails: smtp.mails,
    /** What `bina report run` does, or the clock by itself. */
    ring: (week: string, { byItself = false } = {}) =>
      publisher.publish([{ topic, key: week, value: JSON.stringify({ week, ...(byItself ? { byItself } : {}) }) }]),
    /** Resolves when every doorbell that rang until now was answered. */
    answered: async () => {
      const stage = { groupId: groups.report(topicPrefix), topics: [topic], rounds: 1 }
      const onWait = () => {
        if (failure !== undefined) throw failure
      }
      const behind = await caughtUp(kafka, [stage], { timeoutMs: 120_000, onWait })
      if (behind !== undefined) throw new Error(behind)
    },
    stop: async () => {
      await stopAll()
      await mailer.close()
      await smtp.stop()
      await rm(outboxDir, { recursive: true, force: true })
    },
  }
}

export type ReportService = Awaited<ReturnType<typeof startReportService>>
