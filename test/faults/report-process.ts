import { connectClickHouse } from '@bina/clickhouse/connect'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createWorkCalendar } from '@bina/domain/calendar'
import { connectKafka } from '@bina/kafka/connect'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { createSmtpMailer } from '@bina/mailer/smtp-mailer'
import { loadPolicy } from '@bina/runtime/load-policy'
import { createLogger } from '@bina/runtime/logger'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { testCron } from '../harness/report-cron.ts'

// A report-cron as a process of its own that can be held between the mail server's answer and the mark in the ledger.

export interface ReportProcessArgument {
  readonly brokers: readonly string[]
  readonly clickhouseUrl: string
  readonly smtpUrl: string
  readonly topicPrefix: string
  readonly sessionTimeoutMs: number
  /** What its clock shows, always. */
  readonly nowMs: number
  /** Which mail, counted from 1, is answered but never marked; absent: all are marked. */
  readonly holdAt?: number
  /** The same, but it is marked once `go on` comes. */
  readonly pauseAt?: number
}

async function main(argument: ReportProcessArgument) {
  const { topicPrefix, sessionTimeoutMs, nowMs, holdAt, pauseAt } = argument
  const log = createLogger({ service: 'report-cron', level: 'warn' })
  const policy = await loadPolicy('policy')
  const kafka = connectKafka({ brokers: argument.brokers, clientId: 'bina-test' }, { log })
  const settings = { url: argument.clickhouseUrl, user: 'default', password: '', application: 'bina-test' }
  const clickhouse = connectClickHouse(settings)
  const publisher = await createMessagePublisher(kafka)
  const mailer = createSmtpMailer({ url: argument.smtpUrl })
  const calendar = createWorkCalendar({ zone: 'Asia/Jakarta', policy: policy.calendar })
  const ledger = createReportLedger(clickhouse)
  let answered = 0
  process.once('SIGTERM', () => process.send?.({ kind: 'asked to stop' }))
  const cron = testCron(
    { kafka, clickhouse, publisher, topicPrefix, calendar, policy, log },
    {
      ...ledger,
      writeDelivery: async (delivery) => {
        if (delivery.state === 'sent') answered++
        if (delivery.state === 'sent' && (answered === holdAt || answered === pauseAt)) {
          process.send?.({ kind: 'held', delivery })
          await new Promise<void>((resolve) => {
            if (answered === pauseAt) process.once('message', () => resolve())
          })
        }
        await ledger.writeDelivery(delivery)
      },
    },
    mailer,
    { clock: () => nowMs, sessionTimeoutMs },
  )
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await mailer.close()
      await publisher.close()
      await clickhouse.close()
    },
  }
  await runService([clients, cron.component], cron.failed, { log, shutdownTimeoutMs: 20_000 })
}

exitOnError(main(JSON.parse(process.argv[2] ?? '') as ReportProcessArgument))
