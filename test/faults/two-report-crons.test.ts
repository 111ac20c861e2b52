import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createBinaClient } from '@bina/client/bina-client'
import { type SmtpSink, startSmtpSink } from '@bina/local-stack/smtp-sink'
import type { ReportDelivery, ReportLedger } from '@bina/pipeline/ports/report-ledger'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { doorbellsCommitted } from '../harness/doorbells-committed.ts'
import { bukitLama, directoryOf, ilirBarat, limaIlir, pasarCinde } from '../harness/four-offices.ts'
import { type OwnProcess, startOwnProcess } from '../harness/own-process.ts'
import type { ReportProcessArgument } from './report-process.ts'

// Monday, a moment after the reports of week 24 are due.
const nowMs = Date.parse('2026-06-15T06:00:30+07:00')
const runId = 'weekly-2026-W24'
const interruptedAt = 3
const offices = [
  ilirBarat,
  ...[bukitLama, limaIlir, pasarCinde].map((office) => ({ ...office, parentId: ilirBarat.id })),
]
/** Who is to get which report: the heads, the camat's office as superior or in place of a vacant post, and its roll-up. */
const wanted = [
  ...offices.flatMap((office) => {
    const superiors = 'parentId' in office ? ilirBarat.addresses : []
    return [...office.addresses, ...superiors].map((recipient) => `${office.id}  to ${recipient}`)
  }),
  ...ilirBarat.addresses.map((recipient) => `${ilirBarat.id} area to ${recipient}`),
]

describe('two report-crons of which one is killed in the middle of the run', () => {
  let city: TestCity
  let smtp: SmtpSink
  let outboxDir: string
  let ledger: ReportLedger
  let interrupted: ReportDelivery
  let otherSaid: readonly unknown[]

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
      // Longer than a busy machine keeps a process waiting: one that is only slow is not to be taken for gone.
      sessionTimeoutMs: 15_000,
      nowMs,
      pauseAt: interruptedAt,
    }
    const file = new URL('./report-process.ts', import.meta.url)
    const both = [startOwnProcess(file, { argument }), startOwnProcess(file, { argument })] as const
    const heldBy = async (one: OwnProcess) => ({ one, ...(await one.next<{ delivery: ReportDelivery }>('held')) })
    const holds = both.map(heldBy)
    const first = await Promise.race(holds)
    interrupted = first.delivery
    const other = both[0] === first.one ? both[1] : both[0]
    otherSaid = other.said('held')
    await first.one.kill()
    await Promise.all(holds)
    other.tell({ kind: 'go on' })
    await until(async () => (await ledger.run(runId))?.state === 'finished', {
      withinMs: 90_000,
      what: 'the end of the run by the other',
    })
    await until(async () => (await doorbellsCommitted(city)) === 2, {
      withinMs: 60_000,
      what: 'the answer to both doorbells',
    })
    expect(await other.stop(), other.output()).toBe(0)
  }, 240_000)

  afterAll(async () => {
    await smtp?.stop()
    await city?.stop()
    await rm(outboxDir, { recursive: true, force: true })
  })

  it('did not both begin: the other stood by', () => {
    expect(otherSaid).toEqual([])
  })

  it('lose no report: the other sends the rest, to heads, superiors and those who stand in', async () => {
    const sent = (await ledger.deliveries(runId)).filter(({ state }) => state === 'sent')
    expect(sent.map((row) => `${row.unitId} ${row.report} to ${row.recipient}`).toSorted()).toEqual(wanted.toSorted())
    const mails = (await smtp.mails()).map(({ messageId = '', recipients }) => `${messageId} ${recipients.join()}`)
    expect([...new Set(mails)].toSorted()).toEqual(sent.map((row) => `${row.messageId} ${row.recipient}`).toSorted())
    expect(mails).toHaveLength(wanted.length + 1)
    expect(await ledger.run(runId)).toMatchObject({ state: 'finished', delivered: wanted.length, failed: 0 })
  })

  it('double the one mail that was under way, under the same Message-ID, and no other', async () => {
    const times = new Map<string, number>()
    for (const { messageId = '' } of await smtp.mails()) times.set(messageId, (times.get(messageId) ?? 0) + 1)
    expect([...times].filter(([, count]) => count > 1)).toEqual([[interrupted.messageId, 2]])
    expect(times.size).toBe(wanted.length)
    const twice = (await ledger.deliveries(runId)).filter(({ attempts }) => attempts > 1)
    expect(twice.map(({ messageId }) => messageId)).toEqual([interrupted.messageId])
  })
})
