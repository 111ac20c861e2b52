import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { topicName } from '@bina/events/topics'
import { caughtUp } from '@bina/kafka/caught-up'
import { startSmtpSink } from '@bina/local-stack/smtp-sink'
import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { groups } from '@bina/pipeline/stages'
import { startAll } from '@bina/runtime/lifecycle'
import type { TestCity } from './city.ts'
import { type TestCronOptions, testCron } from './report-cron.ts'

export interface ReportServiceOptions extends TestCronOptions {
  /** Code with which the mail server refuses a recipient. */
  readonly refuse?: (recipient: string) => number | undefined
}

/** The real report-cron over the real ledger, with a real mail server and its outbox. It has rung once when it is up. */
export async function startReportService(city: TestCity, options: ReportServiceOptions) {
  const { refuse } = options
  const { kafka, topicPrefix, publisher } = city
  const outboxDir = await mkdtemp(join(tmpdir(), 'bina-outbox-'))
  const smtp = await startSmtpSink({ outboxDir, ...(refuse === undefined ? {} : { refuse }) })
  const mailer = createSmtpMailer({ url: smtp.url })
  const ledger = createReportLedger(city.clickhouse)
  const cron = testCron(city, ledger, mailer, options)
  const topic = topicName(topicPrefix, 'bina.report-due.v1')
  const stopAll = await startAll([cron.component])
  let failure: unknown
  cron.failed.catch((error: unknown) => {
    failure = error
  })
  return {
    ledger,
    mails: smtp.mails,
    smtpUrl: smtp.url,
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
