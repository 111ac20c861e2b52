import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@bina/testkit/until'
import nodemailer from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { KeptMail } from './outbox.ts'
import { type SmtpSink, type SmtpSinkConfig, startSmtpSink } from './smtp-sink.ts'

let outboxDir: string
let sink: SmtpSink | undefined

beforeEach(async () => {
  outboxDir = await mkdtemp(join(tmpdir(), 'bina-outbox-'))
})

afterEach(async () => {
  await sink?.stop()
  await rm(outboxDir, { recursive: true, force: true })
})

async function start(config: Partial<SmtpSinkConfig> = {}): Promise<SmtpSink> {
  sink = await startSmtpSink({ outboxDir, ...config })
  return sink
}

async function send(to: string | readonly string[], messageId: string): Promise<string> {
  const transport = nodemailer.createTransport(sink?.url)
  try {
    const mail = {
      from: 'bina@kota.example',
      to: typeof to === 'string' ? to : [...to],
      subject: 'Laporan pekanan 16-22 November 2026',
      messageId: `<${messageId}>`,
      html: '<p>Skor disiplin: 87</p>',
      text: 'Skor disiplin: 87',
    }
    return (await transport.sendMail(mail)).response
  } finally {
    transport.close()
  }
}

test('a report is kept as a mail, a page and a text before it is answered, named so that its unit is found', async () => {
  await start()
  expect(await send('lurah@kota.example', '2026-W47.16.71.05.1003@bina')).toMatch(/^250 /)
  expect((await readdir(outboxDir)).toSorted()).toEqual([
    'lurah--2026-W47.16.71.05.1003@bina.eml',
    'lurah--2026-W47.16.71.05.1003@bina.html',
    'lurah--2026-W47.16.71.05.1003@bina.txt',
  ])
  expect(await readFile(join(outboxDir, 'lurah--2026-W47.16.71.05.1003@bina.html'), 'utf8')).toContain(
    'Skor disiplin: 87',
  )
})

test('a report that comes twice is kept as a second delivery and can be counted', async () => {
  const { mails } = await start()
  await send('lurah@kota.example', 'report-1@bina')
  await send(['lurah@kota.example', 'camat@kota.example'], 'report-1@bina')
  expect((await mails()).map(({ messageId, delivery, recipients }) => ({ messageId, delivery, recipients }))).toEqual([
    { messageId: '<report-1@bina>', delivery: 2, recipients: ['lurah@kota.example', 'camat@kota.example'] },
    { messageId: '<report-1@bina>', delivery: 1, recipients: ['lurah@kota.example'] },
  ])
})

test('mails of an earlier run are still counted', async () => {
  const first = await start()
  await send('lurah@kota.example', 'report-1@bina')
  await first.stop()
  expect((await (await start()).mails()).map(({ subject }) => subject)).toEqual(['Laporan pekanan 16-22 November 2026'])
})

test('a mail with one refused recipient goes to the others, and one refused whole is not kept', async () => {
  const { mails } = await start({
    refuse: (recipient) => (recipient.startsWith('pindah') ? 550 : undefined),
    refuseContent: (recipients) => (recipients.includes('penuh@kota.example') ? 452 : undefined),
  })
  await send(['lurah@kota.example', 'pindah@kota.example'], 'report-1@bina')
  await expect(send('pindah@kota.example', 'report-2@bina')).rejects.toMatchObject({ responseCode: 550 })
  await expect(send('penuh@kota.example', 'report-3@bina')).rejects.toMatchObject({ responseCode: 452 })
  expect((await mails()).map(({ recipients }) => recipients)).toEqual([['lurah@kota.example']])
})

test('the answer waits for the mail to be on disk and for the listener, and a hook tells when it was given', async () => {
  const steps: string[] = []
  const onMail = async (mail: KeptMail) => {
    steps.push((await readFile(mail.emlFile, 'utf8')).includes('report-1@bina') ? 'on disk' : 'lost')
  }
  await start({ onMail, onAnswered: () => steps.push('answered') })
  await send('lurah@kota.example', 'report-1@bina')
  await until(() => steps.length === 2, { withinMs: 5_000, what: 'the answer' })
  expect(steps).toEqual(['on disk', 'answered'])
})

test('a taken port is told', async () => {
  const { port } = await start()
  await expect(startSmtpSink({ outboxDir, port })).rejects.toMatchObject({ code: 'port_taken' })
})
