import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBinaClient } from '@bina/client/bina-client'
import { addDays } from '@bina/domain/plain-date'
import type { KeptMail } from '@bina/local-stack/outbox'
import { type SmtpSink, startSmtpSink } from '@bina/local-stack/smtp-sink'
import type { ReportDelivery } from '@bina/pipeline/ports/report-ledger'
import { until } from '@bina/testkit/until'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { doorbellsCommitted } from '../harness/doorbells-committed.ts'
import { attendanceOf, complaintsOf, directoryOf, offices, rosterFrom } from '../harness/four-offices.ts'
import { startOwnProcess } from '../harness/own-process.ts'
import { shortestSessionMs } from '../harness/shortest-session.ts'
import type { ReportProcessArgument } from './report-process.ts'

// Monday, a moment after the reports of week 24 are due.
const nowMs = Date.parse('2026-06-15T06:00:30+07:00')
const runId = 'weekly-2026-W24'
const recipients = offices.flatMap(({ addresses }) => addresses)
const silent = offices.filter(({ addresses }) => addresses.length === 0)
/** Neither the first nor the last. */
const interruptedAt = 2

interface Delivery {
  readonly recipient: string
  readonly state: string
  readonly attempts: number
  readonly messageId: string
}

describe('a report-cron that is killed between the answer of the mail server and the mark in the ledger', () => {
  let city: TestCity
  let smtp: SmtpSink
  let outboxDir: string
  let interrupted: ReportDelivery
  let answered: readonly KeptMail[]
  let ledgerThen: readonly Delivery[]
  let runThen: unknown
  let committedThen: number

  const deliveries = () =>
    city.rows<Delivery>(
      'SELECT recipient, state, attempts, message_id AS messageId FROM report_delivery WHERE run_id = {runId: String} ORDER BY unit_id, recipient',
      { runId },
    )
  const runs = () =>
    city.rows<{ state: string }>('SELECT run_id, state, units, delivered, failed, suppressed FROM report_run')
  const committed = () => doorbellsCommitted(city)

  beforeAll(async () => {
    const brokers = inject('kafkaBrokers').split(',')
    city = await startTestCity({
      brokers: brokers.join(','),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    const days = Array.from({ length: 28 }, (_, day) => addDays(rosterFrom, day))
    const workingDays = days.filter((date) => city.calendar.shiftOn('office_5d', date) !== undefined)
    const client = createBinaClient(
      { source: 'urn:test:city', brokers, topicPrefix: city.topicPrefix },
      { clock: () => nowMs },
    )
    await client.sendBatch(
      offices.flatMap((office) => [
        ...directoryOf(office),
        ...attendanceOf(office, workingDays),
        ...complaintsOf(office),
      ]),
    )
    await client.close()
    await city.settled()

    const mails: KeptMail[] = []
    outboxDir = await mkdtemp(join(tmpdir(), 'bina-outbox-'))
    smtp = await startSmtpSink({ outboxDir, onAnswered: (mail) => void mails.push(mail) })
    const argument: ReportProcessArgument = {
      brokers,
      clickhouseUrl: `${inject('clickhouseUrl')}/${city.database}`,
      smtpUrl: smtp.url,
      topicPrefix: city.topicPrefix,
      sessionTimeoutMs: await shortestSessionMs(city.kafka),
      nowMs,
    }
    const file = new URL('./report-process.ts', import.meta.url)
    const first = startOwnProcess(file, { argument: { ...argument, holdAt: interruptedAt } })
    interrupted = (await first.next<{ delivery: ReportDelivery }>('held')).delivery
    await first.kill()
    answered = [...mails]
    ledgerThen = await deliveries()
    runThen = await runs()
    committedThen = await committed()

    const second = startOwnProcess(file, { argument })
    await until(async () => (await runs()).some(({ state }) => state !== 'running'), {
      withinMs: 60_000,
      what: 'the end of the run',
    })
    // Its doorbell rang at the start as well: what comes of that is waited for, too.
    await until(async () => (await committed()) === 2, { withinMs: 60_000, what: 'the answer to both doorbells' })
    expect(await second.stop(), second.output()).toBe(0)
  }, 180_000)

  afterAll(async () => {
    await smtp?.stop()
    await city?.stop()
    await rm(outboxDir, { recursive: true, force: true })
  })

  it('died with a mail that was taken and not marked, and with its doorbell unanswered', () => {
    expect(answered.map(({ messageId }) => messageId)).toContain(interrupted.messageId)
    expect(answered).toHaveLength(interruptedAt)
    const marks = ledgerThen.filter(({ recipient }) => recipient !== '')
    expect(marks.map(({ state, attempts }) => ({ state, attempts }))).toContainEqual({ state: 'queued', attempts: 1 })
    expect(marks.find(({ recipient }) => recipient === interrupted.recipient)?.state).toBe('queued')
    expect(marks.filter(({ state }) => state === 'sent')).toHaveLength(interruptedAt - 1)
    expect(runThen).toMatchObject([{ run_id: runId, state: 'running' }])
    expect(committedThen).toBe(0)
  })

  it('finishes the run when it is started again', async () => {
    expect(await runs()).toEqual([
      {
        run_id: runId,
        state: 'finished',
        units: offices.length,
        delivered: recipients.length,
        failed: 0,
        suppressed: silent.length,
      },
    ])
  })

  it('sends each recipient its mail, and only the interrupted one a second time', async () => {
    const mails = (await smtp.mails()).map((mail) => mail.recipients.join())
    expect(mails.toSorted()).toEqual([...recipients, interrupted.recipient].toSorted())
  })

  it('sends the second under the same Message-ID and with the same words, so that a mail system can drop it', async () => {
    const mails = (await smtp.mails()).filter((mail) => mail.recipients.includes(interrupted.recipient))
    expect(
      mails.map(({ messageId, delivery }) => ({ messageId, delivery })).toSorted((a, b) => a.delivery - b.delivery),
    ).toEqual([
      { messageId: interrupted.messageId, delivery: 1 },
      { messageId: interrupted.messageId, delivery: 2 },
    ])
    const [one, two] = await Promise.all(mails.map(async ({ emlFile }) => simpleParser(await readFile(emlFile))))
    expect({ subject: two?.subject, text: two?.text, html: two?.html }).toEqual({
      subject: one?.subject,
      text: one?.text,
      html: one?.html,
    })
    const ids = new Set((await smtp.mails()).map(({ messageId }) => messageId))
    expect(ids.size).toBe(recipients.length)
  })

  it('has every delivery in the ledger as sent, the interrupted one with two attempts', async () => {
    const sent = (await deliveries()).filter(({ recipient }) => recipient !== '')
    expect(sent.map(({ recipient, state, attempts }) => ({ recipient, state, attempts }))).toEqual(
      sent.map(({ recipient }) => ({
        recipient,
        state: 'sent',
        attempts: recipient === interrupted.recipient ? 2 : 1,
      })),
    )
    expect(sent.map(({ recipient }) => recipient).toSorted()).toEqual(recipients.toSorted())
  })
})
