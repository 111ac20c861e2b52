import type { ReportDelivery, ReportRun } from '@bina/pipeline/ports/report-ledger'
import type { AddedRecipient } from '@bina/pipeline/ports/report-recipients'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connectClickHouse } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { readMigrations } from './migrate.ts'
import { createReportControls } from './report-controls.ts'
import { createReportDirectory } from './report-directory.ts'
import { createReportLedger } from './report-ledger.ts'
import { createReportNotices } from './report-notices.ts'
import { createRecipientChoices, createReportRecipients } from './report-recipients.ts'
import { createSuppressions } from './report-suppressions.ts'
import { selectRows } from './select-rows.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const runId = 'weekly-2026-W24'
const camat = 'camat@palembang.example'
const own: ReportDelivery = {
  runId,
  unitId: '16.71.05',
  recipient: camat,
  locale: 'id',
  issue: 0,
  report: '',
  reader: 'unit_head',
  followUp: false,
  state: 'sent',
  attempts: 1,
  messageId: '<own@x>',
  smtpReply: '250 kept',
}
const run = (week: string, id: string, given: Partial<ReportRun> = {}): ReportRun => ({
  period: week,
  runId: id,
  state: 'finished',
  startedAtMs: 1_000,
  finishedAtMs: 2_000,
  dataCompleteUntilMs: 1_000,
  units: 1,
  delivered: 1,
  failed: 0,
  suppressed: 0,
  cause: '',
  ...given,
})

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase(inject('clickhouseUrl'))
})
afterAll(async () => {
  await database?.drop(twice())
})
const twice = () => `${database.database}_twice`

describe('the ledger of reports', () => {
  it('keeps the report of the own office and the roll-up as two deliveries to the same camat', async () => {
    const ledger = createReportLedger(database.client)
    const rollUp: ReportDelivery = { ...own, report: 'area', state: 'queued', messageId: '<area@x>' }
    await ledger.writeDelivery({ ...own, state: 'queued' })
    await ledger.writeDelivery(rollUp)
    await ledger.writeDelivery(own)
    expect(await ledger.deliveries(runId)).toEqual([own, rollUp])
    expect(
      await selectRows(database.client, 'SELECT recipient, report, reader FROM report_delivery ORDER BY report'),
    ).toEqual([
      { recipient: camat, report: '', reader: 'unit_head' },
      { recipient: camat, report: 'area', reader: 'unit_head' },
    ])
  })

  it('reads a delivery from before there were several reports as the one of the unit to its head', async () => {
    const { report: _, reader: __, ...before } = own
    await insertRows(database.client, 'report_delivery_store', [
      {
        run_id: 'weekly-2026-W01',
        unit_id: before.unitId,
        recipient: before.recipient,
        locale: before.locale,
        issue: 0,
        state: 'sent',
        attempts: 1,
        message_id: before.messageId,
        smtp_reply: before.smtpReply,
      },
    ])
    expect(await createReportLedger(database.client).deliveries('weekly-2026-W01')).toEqual([
      { ...own, runId: 'weekly-2026-W01' },
    ])
  })

  it('is laid out by statements that may run twice, as after a migration that was cut off', async () => {
    await database.client.command({ query: `CREATE DATABASE ${twice()}` })
    const url = `${inject('clickhouseUrl')}/${twice()}`
    const client = connectClickHouse({ url, user: 'default', password: '', application: 'bina-test' })
    let delivered = 0
    for (const { name, statements } of readMigrations()) {
      for (const query of statements) await client.command({ query })
      if (!/^00[67]\d_/.test(name)) continue
      if (delivered++ === 0) await insertRows(client, 'report_delivery_store', [{ run_id: runId, recipient: camat }])
      for (const query of statements) await client.command({ query })
      expect(await selectRows(client, 'SELECT recipient FROM report_delivery_store FINAL')).toHaveLength(1)
    }
    expect(delivered).toBeGreaterThan(1)
    expect(await createReportLedger(client).deliveries(runId)).toMatchObject([{ recipient: camat, followUp: false }])
    await client.close()
  })

  it('finds a delivery by the Message-ID that a returned mail names, as it stands now', async () => {
    const ledger = createReportLedger(database.client)
    const again = { ...own, followUp: true, reader: 'in_place_of', messageId: '<again@x>' } as const
    await ledger.writeDelivery({ ...again, state: 'queued', attempts: 0 })
    await ledger.writeDelivery(again)
    expect(await ledger.deliveryOf('<again@x>')).toEqual(again)
    expect(await ledger.deliveryOf('<area@x>')).toMatchObject({ runId, report: 'area', followUp: false })
    expect(await ledger.deliveryOf('<nobody@x>')).toBeUndefined()
    expect(await ledger.deliveries(runId)).toHaveLength(3)
  })

  it('lists runs, the latest first, and counts the weeks of other runs that ended', async () => {
    const ledger = createReportLedger(database.client)
    await ledger.writeRun(run('2026-05-25', 'weekly-2026-W22'))
    await ledger.writeRun(run('2026-06-01', 'weekly-2026-W23', { state: 'held', finishedAtMs: undefined }))
    await ledger.writeRun(run('2026-06-08', runId, { state: 'finished_with_failures', cause: 'one was refused' }))
    expect((await ledger.runs(2)).map((one) => [one.period, one.state, one.finishedAtMs])).toEqual([
      ['2026-06-08', 'finished_with_failures', 2_000],
      ['2026-06-01', 'held', undefined],
    ])
    expect(await ledger.endedBeside(runId)).toBe(1)
    expect(await ledger.endedBeside('weekly-2026-W23')).toBe(2)
  })
})

describe('what stands beside the ledger', () => {
  it('keeps who was added until they are removed, and what they chose last', async () => {
    const recipients = createReportRecipients(database.client)
    const choices = createRecipientChoices(database.client)
    const sekda: AddedRecipient = {
      report: 'city',
      unitId: 'city',
      recipient: 'sekda@palembang.example',
      locale: 'id',
      role: 'Sekretaris Daerah',
      askedAtMs: 1_000,
    }
    await recipients.add({ ...sekda, role: 'Sekda' })
    await recipients.add(sekda)
    expect(await recipients.added()).toEqual([sekda])
    await recipients.remove(sekda)
    expect(await recipients.added()).toEqual([])
    const link = { recipient: 'digest', unitId: 'city', report: 'city' } as const
    await choices.unsubscribe({ ...link, atMs: 3_000 })
    await choices.confirm({ ...link, atMs: 2_000 })
    expect(await recipients.choices()).toEqual([{ ...link, choice: 'unsubscribed', atMs: 3_000 }])
  })

  it('holds a mailbox back until it is told that mail gets there again', async () => {
    const suppressions = createSuppressions(database.client)
    await suppressions.add({ recipient: camat, runId, reason: '550 no such mailbox' })
    expect(await suppressions.list()).toEqual([
      { recipient: camat, runId, reason: '550 no such mailbox', updatedAtMs: expect.any(Number) },
    ])
    await suppressions.lift(camat)
    expect(await suppressions.list()).toEqual([])
  })

  it('keeps what was decided about a week, and what the operator was told', async () => {
    const controls = createReportControls(database.client)
    await controls.set('2026-06-08', 'paused', true)
    await controls.set('2026-06-08', 'approved', true)
    await controls.set('2026-06-08', 'paused', false)
    expect([...(await controls.of('2026-06-08'))]).toEqual(['approved'])
    expect([...(await controls.of('2026-06-15'))]).toEqual([])
    const notices = createReportNotices(database.client)
    await notices.markTold(runId, 'behind')
    await notices.markTold(runId, 'behind')
    expect([...(await notices.told(runId))]).toEqual(['behind'])
  })

  it('asks the directory for the addresses of a day: whoever acts for the head on that day', async () => {
    const version = (given: object) => ({
      unit_id: '16.71.05',
      name: 'Ilir Barat I',
      unit_type: 'kecamatan',
      parent_unit_id: 'city',
      report_emails: [camat],
      valid_from: '2026-01-01',
      ...given,
    })
    for (const row of [
      version({ valid_to: '2026-06-30' }),
      version({ valid_from: '2026-06-10', valid_to: '2026-06-20', report_emails: ['plt@palembang.example'] }),
    ])
      await insertRows(database.client, 'unit_version', [row])
    const directory = createReportDirectory(database.client)
    const on = async (date: string) => (await directory.addressesOn(date)).map(({ reportEmails }) => reportEmails)
    expect(await on('2026-06-09')).toEqual([[camat]])
    expect(await on('2026-06-15')).toEqual([['plt@palembang.example']])
    expect(await on('2026-06-21')).toEqual([])
    expect(await on('2025-12-31')).toEqual([])
  })
})
