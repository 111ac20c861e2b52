import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBinaClient } from '@bina/client/bina-client'
import { notification } from '@bina/mailer/test-notification'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../../../../test/harness/city.ts'
import {
  bukitLama,
  complaintsOf,
  directoryOf,
  ilirBarat,
  limaIlir,
  openComplaint,
  pasarCinde,
  week,
} from '../../../../test/harness/four-offices.ts'
import { linkSecret, openPortal } from '../../../../test/harness/portal.ts'
import { sender } from '../../../../test/harness/report-cron.ts'
import { type ReportService, startReportService } from '../../../../test/harness/report-service.ts'
import { reportBounce } from '../commands/report-bounce.ts'
import { reportApprove, reportPause, reportResume } from '../commands/report-control.ts'
import { reportDryRun } from '../commands/report-dry-run.ts'
import { reportHistory } from '../commands/report-history.ts'
import { reportPreview } from '../commands/report-preview.ts'
import { recipientAdd, recipientList, recipientRemove } from '../commands/report-recipient.ts'
import { reportResend, reportSendTest } from '../commands/report-send.ts'
import { suppressionAdd, suppressionList, suppressionRemove } from '../commands/report-suppression.ts'
import type { CommandContext } from '../context.ts'
import { runCommand } from '../test-command.ts'

const nowMs = Date.parse('2026-06-15T06:00:30+07:00')
const runId = 'weekly-2026-W24'
const operator = 'operator@palembang.example'
const lurah = bukitLama.addresses[0] ?? ''
const [camat = '', sekcam = ''] = ilirBarat.addresses
const bounced = limaIlir.addresses[0] ?? ''

describe('the weekly reports, from a terminal', () => {
  let city: TestCity
  let reports: ReportService
  let folder: string

  const run = (work: (context: CommandContext) => Promise<void>, env: Readonly<Record<string, string>> = {}) =>
    runCommand(city, work, { SMTP_URL: reports.smtpUrl, MAIL_FROM: sender, REPORT_APPROVAL_WEEKS: '1', ...env })
  const mails = async () =>
    Promise.all(
      (await reports.mails()).map(async ({ emlFile, recipients, messageId }) => {
        const { subject = '', text = '' } = await simpleParser(await readFile(emlFile))
        return { to: recipients.join(), subject, text, messageId }
      }),
    )
  const state = async () => (await reports.ledger.run(runId))?.state

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    const brokers = inject('kafkaBrokers').split(',')
    const client = createBinaClient(
      { source: 'urn:test:city', brokers, topicPrefix: city.topicPrefix },
      { clock: () => nowMs },
    )
    const below = [bukitLama, limaIlir, pasarCinde].map((office) => ({ ...office, parentId: ilirBarat.id }))
    await client.sendBatch([...[...below, ilirBarat].flatMap(directoryOf), ...complaintsOf(bukitLama)])
    await client.close()
    await city.settled()
    folder = await mkdtemp(join(tmpdir(), 'bina-reports-'))
    reports = await startReportService(city, {
      clock: () => nowMs,
      approvalWeeks: 1,
      operator,
      refuse: (address) => (address === bounced ? 550 : undefined),
    })
    await reports.answered()
  })

  afterAll(async () => {
    await reports?.stop()
    await city?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('the first run of a city waits until somebody looked at it, and the operator is told what to type', async () => {
    expect(await state()).toBe('held')
    expect(await mails()).toMatchObject([
      { to: operator, subject: expect.stringContaining('approval'), text: expect.stringContaining('report approve') },
    ])
  })

  it('a dry run counts what would leave, by report and reader, and sends nothing', async () => {
    const { said, answer, error } = await run((context) => reportDryRun(context, { week }))
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({
      runId,
      units: 4,
      hold: { matter: 'approval' },
      counts: expect.arrayContaining([
        { report: '', reader: 'unit_head', state: 'to_send', count: 4 },
        { report: '', reader: 'superior', state: 'to_send', count: 4 },
        { report: '', reader: 'unit_head', state: 'suppressed', count: 1 },
        { report: '', reader: 'in_place_of', state: 'to_send', count: 2 },
      ]),
      held: [],
      unreachable: [],
    })
    expect(said).toContain('It would be held: waits for approval')
    expect(await mails()).toHaveLength(1)
  })

  it('a paused run stays where it is, also when it is approved', async () => {
    await run((context) => reportPause(context, { week }))
    await run((context) => reportApprove(context, { week }))
    await reports.answered()
    expect((await reports.ledger.run(runId))?.cause).toContain('paused by an operator')
    expect((await mails()).map(({ to }) => to)).toEqual([operator, operator])
  })

  it('resumed it goes out: to heads, superiors, and those who stand in for a vacant post or a mailbox that is not there', async () => {
    await run((context) => reportResume(context, { week }))
    await reports.answered()
    expect(await reports.ledger.run(runId)).toMatchObject({ state: 'finished_with_failures', delivered: 11, failed: 1 })
    const rows = (await reports.ledger.deliveries(runId)).map((row) => [
      [row.unitId, ...(row.report === '' ? [] : [row.report])].join(' '),
      row.recipient,
      row.reader,
      row.state,
    ])
    expect(rows.toSorted()).toEqual(
      [
        [ilirBarat.id, camat, 'unit_head', 'sent'],
        [ilirBarat.id, sekcam, 'unit_head', 'sent'],
        [`${ilirBarat.id} area`, camat, 'unit_head', 'sent'],
        [`${ilirBarat.id} area`, sekcam, 'unit_head', 'sent'],
        [bukitLama.id, camat, 'superior', 'sent'],
        [bukitLama.id, lurah, 'unit_head', 'sent'],
        [bukitLama.id, sekcam, 'superior', 'sent'],
        [limaIlir.id, camat, 'in_place_of', 'sent'],
        [limaIlir.id, bounced, 'unit_head', 'failed'],
        [limaIlir.id, sekcam, 'in_place_of', 'sent'],
        [pasarCinde.id, '', 'unit_head', 'suppressed'],
        [pasarCinde.id, camat, 'in_place_of', 'sent'],
        [pasarCinde.id, sekcam, 'in_place_of', 'sent'],
      ].toSorted(),
    )
  })

  it('history shows the runs, and of a week who got what', async () => {
    const runs = await run((context) => reportHistory(context, { limit: 50 }))
    expect(runs.said).toMatch(/2026-06-08 +finished_with_failures/)
    const failed = await run((context) => reportHistory(context, { week, state: 'failed', limit: 50 }))
    expect(failed.answer).toMatchObject({
      total: 1,
      deliveries: [{ recipient: bounced, smtpReply: expect.stringMatching(/^550 /) }],
    })
    const none = await run((context) => reportHistory(context, { week: '2026-W20', limit: 50 }))
    expect(none.error).toMatchObject({ exitCode: 1, message: 'There was no run of weekly-2026-W20.' })
  })

  it('a mailbox that was not there is held back until somebody says that it takes mail again', async () => {
    const list = () => run(suppressionList)
    expect((await list()).answer).toMatchObject({ suppressed: [{ recipient: bounced, runId }] })
    await run((context) => suppressionRemove(context, bounced.toUpperCase()))
    const typed = await run((context) => suppressionAdd(context, [lurah, 'no address'], { reason: 'came back' }))
    expect(typed.error).toMatchObject({ exitCode: 2 })
    expect((await list()).answer).toEqual({ suppressed: [] })
    await run((context) => suppressionAdd(context, [lurah], { reason: 'came back: mailbox closed' }))
    expect((await list()).answer).toMatchObject({ suppressed: [{ recipient: lurah, runId: '' }] })
    await run((context) => suppressionRemove(context, lurah))
    expect((await run((context) => suppressionRemove(context, lurah))).error).toMatchObject({ exitCode: 1 })
  })

  it('a mail that came back holds its mailbox back, where it is one of ours and will never arrive', async () => {
    const file = join(folder, 'bounce.eml')
    const bounce = async (raw: Buffer | string) => {
      await writeFile(file, raw)
      return run((context) => reportBounce(context, file))
    }
    const rows = await reports.ledger.deliveries(runId)
    const { messageId } = rows.find(({ recipient }) => recipient === lurah) ?? expect.unreachable()
    const late = { messageId, recipient: lurah, fields: 'Action: delayed\r\nStatus: 4.4.1' }
    expect((await bounce(notification(late))).answer).toMatchObject({ outcome: 'passing', action: 'delayed' })
    const strangers = { ...late, messageId: '<bina.made.up@palembang.example>' }
    expect((await bounce(notification(strangers))).error).toMatchObject({ code: 'not_ours', exitCode: 2 })
    const neighbours = { messageId, recipient: camat }
    expect((await bounce(notification(neighbours))).error).toMatchObject({ code: 'not_ours', exitCode: 2 })
    expect((await bounce('Subject: cuti\r\n\r\nSaya cuti.\r\n')).error).toMatchObject({
      code: 'no_bounce',
      exitCode: 2,
    })
    expect((await bounce(Buffer.alloc(11_000_000, 'x'))).error).toMatchObject({ code: 'too_large', exitCode: 2 })
    expect((await run(suppressionList)).answer).toEqual({ suppressed: [] })

    const gone = await bounce(notification({ messageId, recipient: lurah, returned: 'message/rfc822' }))
    expect(gone.error).toBeUndefined()
    expect(gone.said).toContain(`report suppression remove ${lurah}`)
    const reason = expect.stringMatching(/^came back, 5\.1\.1: 550 .*User unknown/)
    expect(gone.answer).toMatchObject({
      outcome: 'suppressed',
      recipient: lurah,
      runId,
      messageId,
      status: '5.1.1',
      reason,
    })
    expect((await run(suppressionList)).answer).toMatchObject({ suppressed: [{ recipient: lurah, runId, reason }] })
    await run((context) => suppressionRemove(context, lurah))
  })

  it('a report is sent again to its head, marked, and the ledger has it as another issue', async () => {
    const before = (await mails()).length
    const { answer, error } = await run((context) => reportResend(context, bukitLama.id, { week }))
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({ issue: 1, deliveries: [{ recipient: lurah, state: 'sent', issue: 1 }] })
    const sent = (await mails()).filter(({ to }) => to === lurah)
    expect([await mails(), new Set(sent.map(({ messageId }) => messageId)).size]).toMatchObject([
      { length: before + 1 },
      2,
    ])
    expect(await reports.ledger.run(runId)).toMatchObject({ delivered: 11 })
  })

  it('a report is sent again only to those who get it', async () => {
    const to = ['tetangga@palembang.example']
    const { error } = await run((context) => reportResend(context, bukitLama.id, { week, to }))
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(`Those who do: ${lurah}, ${camat}`) })
    const superior = await run((context) => reportResend(context, bukitLama.id, { week, to: [camat.toUpperCase()] }))
    expect(superior.answer).toMatchObject({ deliveries: [{ recipient: camat, reader: 'superior', state: 'sent' }] })
  })

  it('a test goes to whom it is sent, under a Message-ID of its own, and is no delivery', async () => {
    const rows = await reports.ledger.deliveries(runId)
    const to = 'saya@palembang.example'
    const { error } = await run((context) => reportSendTest(context, bukitLama.id, { week, to }))
    expect(error).toBeUndefined()
    const test = (await mails()).find((mail) => mail.to === to)
    expect(test?.text).toContain(bukitLama.label)
    expect(rows.map(({ messageId }) => messageId)).not.toContain(test?.messageId)
    expect(await reports.ledger.deliveries(runId)).toEqual(rows)
    const bad = await run((context) => reportSendTest(context, bukitLama.id, { week, to: 'a@x.example, b@x.example' }))
    expect(bad.error).toMatchObject({ exitCode: 2 })
  })

  it('a preview is what the superior reads, and can be kept in a file', async () => {
    const asSuperior = await run((context) =>
      reportPreview(context, bukitLama.id, { week, format: 'text', as: 'superior' }),
    )
    const asHead = await run((context) => reportPreview(context, bukitLama.id, { week, format: 'text' }))
    expect(asSuperior.said).not.toBe(asHead.said)
    const output = join(folder, 'report.html')
    await run((context) => reportPreview(context, bukitLama.id, { week, format: 'html', output }))
    const page = await readFile(output, 'utf8')
    expect(page).toMatch(/^<!doctype html>/)
    expect(page, 'no browser knows the parts of a mail').not.toContain('cid:')
    await run((context) => reportPreview(context, ilirBarat.id, { week, format: 'pdf', report: 'area', output }))
    expect(await readFile(output, 'latin1')).toMatch(/^%PDF-/)
    const pdf = await run((context) => reportPreview(context, bukitLama.id, { week, format: 'pdf' }))
    expect(pdf.error).toMatchObject({ exitCode: 2, hint: expect.stringContaining('--output') })
  })

  it('a preview has the buttons and the case links of the mail, and what its buttons open does nothing', async () => {
    const portal = await openPortal(city, () => nowMs)
    const env = { PUBLIC_URL: portal.url, REPORT_CASE_URLS: 'sp4n_lapor=https://lapor.example/{id}' }
    try {
      const { said } = await run(
        (context) => reportPreview(context, bukitLama.id, { week, format: 'text', as: 'superior' }),
        env,
      )
      const links = said.match(/https?:\/\/\S+/g) ?? []
      const buttons = links.filter((link) => link.startsWith(portal.url))
      expect(buttons.map((link) => link.slice(portal.url.length)).toSorted()).toEqual([
        '/agree/preview',
        '/held/preview',
        '/object/preview',
        // The copies of this unit, and those of all.
        '/unsubscribe/preview',
        '/unsubscribe/preview',
      ])
      for (const link of buttons) {
        const pressed = await fetch(link, { method: 'POST', body: new URLSearchParams({ intent: 'agree' }) })
        expect(await pressed.text()).toContain('Ini pratinjau')
      }
      expect(await portal.choices()).toEqual([])
      expect(links).toContain(`https://lapor.example/${openComplaint(bukitLama)}`)
    } finally {
      await portal.close()
    }
  })

  it('nobody is added who could not confirm it', async () => {
    const options = { unit: bukitLama.id, role: 'Sekretaris Daerah', locale: 'id' } as const
    const { error } = await run((context) => recipientAdd(context, 'sekda@palembang.example', options))
    expect(error).toMatchObject({ code: 'no_portal' })
    expect((await run(recipientList)).answer).toEqual({ recipients: [] })
  })

  it('who is added gets one mail, confirms by its link, and then gets the report until they leave it', async () => {
    const portal = await openPortal(city, Date.now)
    const links = { PUBLIC_URL: portal.url, REPORT_LINK_SECRET: linkSecret }
    const [to, role] = ['Sekda@palembang.example', 'Sekretaris Daerah']
    const state = async () => (await run(recipientList)).answer
    try {
      const added = await run((context) => recipientAdd(context, to, { unit: bukitLama.id, role, locale: 'id' }), links)
      expect(added.error).toBeUndefined()
      expect(await state()).toMatchObject({ recipients: [{ recipient: to.toLowerCase(), role, state: 'pending' }] })
      const { text = '' } = (await mails()).find((mail) => mail.to === to.toLowerCase()) ?? {}
      const link = /https?:\/\/\S+/.exec(text)?.[0] ?? ''
      expect(text).toContain(bukitLama.label)
      // A scanner that follows it confirms nothing.
      expect((await fetch(link)).status).toBe(200)
      expect(await state()).toMatchObject({ recipients: [{ state: 'pending' }] })
      expect(
        (await fetch(link, { method: 'POST', body: new URLSearchParams({ intent: 'confirm_recipient' }) })).ok,
      ).toBe(true)
      expect(await state()).toMatchObject({ recipients: [{ state: 'confirmed' }] })
      const again = await run((context) => reportResend(context, bukitLama.id, { week, to: [to] }))
      expect(again.answer).toMatchObject({ deliveries: [{ reader: 'added', state: 'sent' }] })
      const of = { unit: bukitLama.id }
      expect((await run((context) => recipientRemove(context, to, of))).error).toBeUndefined()
      expect(await state()).toEqual({ recipients: [] })
      const gone = await run((context) => reportResend(context, bukitLama.id, { week, to: [to] }))
      expect(gone.error).toMatchObject({ exitCode: 2 })
    } finally {
      await portal.close()
    }
  })
})
