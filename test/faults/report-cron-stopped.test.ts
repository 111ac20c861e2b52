import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createBinaClient } from '@bina/client/bina-client'
import { type SmtpSink, startSmtpSink } from '@bina/local-stack/smtp-sink'
import type { ReportDelivery, ReportLedger, ReportRun } from '@bina/pipeline/ports/report-ledger'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { doorbellsCommitted } from '../harness/doorbells-committed.ts'
import { directoryOf, offices } from '../harness/four-offices.ts'
import { startOwnProcess } from '../harness/own-process.ts'
import { shortestSessionMs } from '../harness/shortest-session.ts'
import type { ReportProcessArgument } from './report-process.ts'

// Monday, a moment after the reports of week 24 are due.
const nowMs = Date.parse('2026-06-15T06:00:30+07:00')
const week = '2026-06-08'
const runId = 'weekly-2026-W24'
const recipients = offices.flatMap(({ addresses }) => addresses)
const stoppedAt = 2

describe('a report-cron that is asked to stop in the middle of a run', () => {
  let city: TestCity
  let smtp: SmtpSink
  let outboxDir: string
  let ledger: ReportLedger
  let exitCode: number | null
  let stopTookMs: number
  let sentThen: readonly ReportDelivery[]
  let mailsThen: number
  let runThen: ReportRun | undefined
  let openThen: readonly string[]
  let committedThen: number

  const committed = () => doorbellsCommitted(city)

  beforeAll(async () => {
    const brokers = inject('kafkaBrokers').split(',')
    city = await startTestCity({
      brokers: brokers.join(','),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    const client = createBinaClient(
      { source: 'urn:test:city', brokers, topicPrefix: city.topicPrefix },
      { clock: () => nowMs },
    )
    await client.sendBatch(offices.flatMap(directoryOf))
    await client.close()
    await city.settled()
    ledger = createReportLedger(city.clickhouse)
    outboxDir = await mkdtemp(join(tmpdir(), 'bina-outbox-'))
    smtp = await startSmtpSink({ outboxDir })
    const argument: ReportProcessArgument = {
      brokers,
      clickhouseUrl: `${inject('clickhouseUrl')}/${city.database}`,
      smtpUrl: smtp.url,
      topicPrefix: city.topicPrefix,
      sessionTimeoutMs: await shortestSessionMs(city.kafka),
      nowMs,
    }
    const file = new URL('./report-process.ts', import.meta.url)
    const first = startOwnProcess(file, { argument: { ...argument, pauseAt: stoppedAt } })
    await first.next('held')
    const startedAtMs = performance.now()
    const stopped = first.stop()
    await first.next('asked to stop')
    first.tell({ kind: 'go on' })
    exitCode = await stopped
    stopTookMs = performance.now() - startedAtMs
    sentThen = (await ledger.deliveries(runId)).filter(({ state }) => state === 'sent')
    mailsThen = (await smtp.mails()).length
    runThen = await ledger.run(runId)
    openThen = await ledger.openWeeks()
    committedThen = await committed()

    const second = startOwnProcess(file, { argument })
    await until(async () => (await ledger.run(runId))?.state === 'finished', {
      withinMs: 60_000,
      what: 'the end of the run',
    })
    await until(async () => (await committed()) === 2, { withinMs: 60_000, what: 'the answer to both doorbells' })
    expect(await second.stop(), second.output()).toBe(0)
  }, 180_000)

  afterAll(async () => {
    await smtp?.stop()
    await city?.stop()
    await rm(outboxDir, { recursive: true, force: true })
  })

  it('ends well and long before it would be cut off', () => {
    expect(exitCode).toBe(0)
    expect(stopTookMs).toBeLessThan(15_000)
  })

  it('ends between two mails: each that left is marked, and no other was tried', () => {
    expect([mailsThen, sentThen.length]).toEqual([stoppedAt, stoppedAt])
    expect(runThen?.state).toBe('running')
  })

  it('leaves its doorbell unanswered and its run open, so that the next start goes on with it', () => {
    expect(committedThen).toBe(0)
    expect(openThen).toEqual([week])
  })

  it('sends nobody a second mail when it goes on', async () => {
    const mails = (await smtp.mails()).map((mail) => mail.recipients.join())
    expect(mails.toSorted()).toEqual(recipients.toSorted())
    expect(await ledger.openWeeks()).toEqual([])
  })

  it('would find a run with mails that wait for another try, but none that has finished', async () => {
    const [run, delivery] = [await ledger.run(runId), (await ledger.deliveries(runId))[0]]
    if (run === undefined || delivery === undefined) expect.unreachable()
    await ledger.writeDelivery({ ...delivery, state: 'queued' })
    expect(await ledger.openWeeks()).toEqual([])
    await ledger.writeRun({ ...run, state: 'finished_with_failures' })
    expect(await ledger.openWeeks()).toEqual([week])
    await ledger.writeDelivery({ ...delivery, state: 'failed' })
    expect(await ledger.openWeeks()).toEqual([])
    await ledger.writeRun({ ...run, state: 'held', finishedAtMs: undefined })
    expect(await ledger.openWeeks()).toEqual([week])
  })
})
