import { readFile } from 'node:fs/promises'
import { createBinaClient } from '@bina/client/bina-client'
import { createHttpTransport } from '@bina/client/http-transport'
import { addDays } from '@bina/domain/plain-date'
import { messageIdOf } from '@bina/mailer/message-id'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import {
  attendanceOf,
  bukitLama,
  complaintId,
  complaintsOf,
  directoryOf,
  ilirBarat,
  limaIlir,
  type Office,
  offices,
  openComplaint,
  pasarCinde,
  rosterFrom,
  week,
} from '../harness/four-offices.ts'
import { accessKey, openDoor } from '../harness/http-door.ts'
import { readable } from '../harness/readable.ts'
import { contact, sender } from '../harness/report-cron.ts'
import { type ReportService, startReportService } from '../harness/report-service.ts'

// Monday, a moment after the reports of week 24 are due.
const nowMs = Date.parse('2026-06-15T06:00:30+07:00')
const runId = 'weekly-2026-W24'
const period = { id: '8–14 Juni 2026', en: '8–14 June 2026' }
const words = {
  id: {
    of: 'dari',
    names: {
      S1: 'Pengaduan ditanggapi tepat waktu',
      S2: 'Pengaduan selesai tepat waktu dan tidak dibuka kembali',
    },
    attendance: (days: number, present: number, onTime: number) =>
      `dari ${days} hari kerja (semua pegawai dijumlahkan): hadir ${present}, tepat waktu ${onTime},`,
  },
  en: {
    of: 'of',
    names: {
      S1: 'Complaints answered on time',
      S2: 'Complaints resolved on time and not reopened',
    },
    attendance: (days: number, present: number, onTime: number) =>
      `of ${days} working days (all staff added up): present ${present}, on time ${onTime},`,
  },
}

interface Figures {
  readonly measure: string
  readonly window: string
  readonly numerator: number
  readonly denominator: number
}

interface Score {
  readonly score: string
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
}

interface Delivery {
  readonly unit_id: string
  readonly recipient: string
  readonly state: string
  readonly attempts: number
  readonly message_id: string
  readonly smtp_reply: string
}

const refusedFirst = limaIlir.addresses[0]

describe('the way of an event to a mail', () => {
  let city: TestCity
  let reports: ReportService
  let workingDays: readonly string[]
  let isRefusing = true
  let rungAtMs = nowMs

  const deliveries = () =>
    city.rows<Delivery>(
      `SELECT unit_id, recipient, state, attempts, message_id, smtp_reply FROM report_delivery WHERE run_id = {runId: String} ORDER BY recipient`,
      { runId },
    )
  const figuresOf = (office: Office) =>
    city.rows<Figures>(
      `SELECT measure, window, numerator, denominator FROM unit_week_measure WHERE unit_id = {unit: String} AND week = {week: Date}`,
      { unit: office.id, week },
    )
  const scoresOf = (office: Office) =>
    city.rows<Score>(
      `SELECT score, value, lower80, upper80 FROM unit_week_score WHERE unit_id = {unit: String} AND week = {week: Date}`,
      { unit: office.id, week },
    )
  const mails = async () =>
    Promise.all(
      (await reports.mails()).map(async ({ emlFile, recipients }) => {
        const parsed = await simpleParser(await readFile(emlFile))
        const html = typeof parsed.html === 'string' ? parsed.html : ''
        return {
          recipients,
          parsed,
          raw: `${parsed.subject}\n${parsed.text}\n${html}`,
          text: readable(parsed.text ?? ''),
          html: readable(html),
        }
      }),
    )
  const mailTo = async (address: string | undefined) => {
    const found = (await mails()).filter(({ recipients }) => recipients.includes(address ?? ''))
    expect(found).toHaveLength(1)
    return found[0] ?? expect.unreachable()
  }

  beforeAll(async () => {
    const brokers = inject('kafkaBrokers')
    city = await startTestCity({ brokers, clickhouseUrl: inject('clickhouseUrl'), clock: () => nowMs })
    workingDays = Array.from({ length: 28 }, (_, day) => addDays(rosterFrom, day)).filter(
      (date) => city.calendar.shiftOn('office_5d', date) !== undefined,
    )
    const door = await openDoor(city, () => nowMs)
    // Attendance and the directory come by the SDK straight to Kafka, complaints and resolutions through the HTTP door.
    const hr = createBinaClient(
      { source: 'urn:test:hr', brokers: brokers.split(','), topicPrefix: city.topicPrefix },
      { clock: () => nowMs },
    )
    const lapor = createBinaClient(
      { source: 'urn:test:lapor' },
      { transport: createHttpTransport({ url: door.url, key: accessKey }), clock: () => nowMs },
    )
    await hr.sendBatch(offices.flatMap((office) => [...directoryOf(office), ...attendanceOf(office, workingDays)]))
    await lapor.sendBatch(offices.flatMap(complaintsOf))
    await Promise.all([hr.close(), lapor.close()])
    await door.close()
    await city.settled()
    reports = await startReportService(city, {
      clock: () => rungAtMs,
      refuse: (address) => (isRefusing && address === refusedFirst ? 550 : undefined),
    })
    await reports.answered()
  })

  afterAll(async () => {
    await reports?.stop()
    await city?.stop()
  })

  it('keeps every event, by whichever way it came, and sets none aside', async () => {
    const people = offices.reduce((sum, office) => sum + office.staff, 0)
    const clocked = offices.reduce((sum, office) => sum + office.staff * workingDays.length - office.absent, 0)
    const complaints = offices.reduce((sum, office) => sum + office.due * 3 + 2, 0)
    expect(await city.rows('SELECT source, count() AS events FROM events GROUP BY source ORDER BY source')).toEqual([
      { source: 'urn:test:hr', events: offices.length + people + 2 * clocked },
      { source: 'urn:test:lapor', events: complaints },
    ])
    expect(await city.rows('SELECT reason, detail FROM dead_letter')).toEqual([])
  })

  it.each(offices)('counts what happened at $label', async (office) => {
    const figures = await figuresOf(office)
    const counts = (measure: string, window: string) => {
      const row = figures.find((one) => one.measure === measure && one.window === window)
      return [row?.numerator, row?.denominator]
    }
    const { due, fixed, staff, late, absent } = office
    const days = staff * workingDays.length
    expect(workingDays.length).toBeGreaterThan(10)
    expect(counts('S1', 'W1')).toEqual([fixed, due])
    expect(counts('S2', 'W1')).toEqual([fixed, due])
    expect(counts('S2', 'R13')).toEqual([fixed, due])
    expect(counts('A1', 'R4')).toEqual([days - absent, days])
    expect(counts('A2', 'R4')).toEqual([days - absent - late, days])
    expect(counts('A3', 'R4')).toEqual([days - absent, days])
  })

  it.each([bukitLama, ilirBarat])(
    'mails the head of $label the figures that the tables hold, the same in text and HTML',
    async (office) => {
      const recipient = office.addresses[0] ?? ''
      const { parsed, text, html } = await mailTo(recipient)
      const { locale } = office
      const title = locale === 'id' ? 'Catatan pembinaan mingguan' : 'Weekly coaching note for'
      expect(parsed.subject).toBe(`${title} ${office.label}, ${period[locale]}`)
      expect(parsed.messageId).toBe(
        messageIdOf({ period: week, unitId: office.id, recipient, locale, issue: 0 }, 'palembang.example'),
      )
      expect([parsed.from?.text, parsed.replyTo?.text]).toEqual([`"${sender.replace(' <', '" <')}`, contact])

      const { of, names, attendance } = words[locale]
      const figures = await figuresOf(office)
      const scores = await scoresOf(office)
      const figure = (measure: string, window: string) =>
        figures.find((one) => one.measure === measure && one.window === window) ?? expect.unreachable()
      const counts = (measure: string, window: string) => {
        const { numerator, denominator } = figure(measure, window)
        return `${numerator} ${of} ${denominator}`
      }
      const [present, onTime] = [figure('A1', 'R4'), figure('A2', 'R4')]
      for (const body of [text, html]) {
        expect(body).toContain(office.label)
        expect(body).toContain(period[locale])
        expect(body).toContain(openComplaint(office))
        for (const [measure, name] of Object.entries(names)) {
          const inWindow = counts(measure, 'R26')
          // In the text the windows stand before their counts, in the page above them.
          expect(body).toMatch(
            new RegExp(`${name}\\D*${counts(measure, 'W1')}(?: \\(\\d+%\\))?;? (?:\\d+ \\w+: )?${inWindow}\\b`),
          )
        }
        expect(body).toContain(attendance(present.denominator, present.numerator, onTime.numerator))
        for (const { score, value, lower80, upper80 } of scores) {
          expect(value, score).not.toBeNull()
          const [points, lower, upper] = [value ?? 0, lower80, upper80].map(Math.round)
          expect(body).toContain(`${points} ${of} 100`)
          expect(body).toContain(locale === 'id' ? `antara ${lower} dan ${upper}` : `between ${lower} and ${upper}`)
        }
        expect(scores).toHaveLength(2)
      }
      const numbersIn = (body: string) => new Set(body.match(/\d+/g))
      expect([...numbersIn(text)].filter((number) => !numbersIn(html).has(number))).toEqual([])
    },
  )

  it('lets a refused recipient fail alone: everybody else has their mail, and a post without an address is said so', async () => {
    const rows = await deliveries()
    expect(rows.map(({ unit_id, recipient, state, attempts }) => [unit_id, recipient, state, attempts])).toEqual([
      [pasarCinde.id, '', 'suppressed', 0],
      [ilirBarat.id, ilirBarat.addresses[0], 'sent', 1],
      [limaIlir.id, refusedFirst, 'failed', 1],
      [bukitLama.id, bukitLama.addresses[0], 'sent', 1],
      [ilirBarat.id, ilirBarat.addresses[1], 'sent', 1],
    ])
    expect(rows.find(({ recipient }) => recipient === refusedFirst)?.smtp_reply).toMatch(/^550 /)
    expect((await mails()).map(({ recipients }) => recipients)).toHaveLength(3)
    expect(await reports.ledger.run(runId)).toMatchObject({
      period: week,
      state: 'finished_with_failures',
      units: 4,
      delivered: 3,
      failed: 1,
      suppressed: 1,
    })
  })

  it('gives each mail the Message-ID that the ledger has, and no two the same', async () => {
    const inOutbox = (await mails()).map(({ parsed }) => parsed.messageId ?? '')
    const inLedger = (await deliveries()).filter(({ state }) => state === 'sent').map(({ message_id }) => message_id)
    expect(new Set(inOutbox).size).toBe(3)
    expect(inOutbox.toSorted()).toEqual(inLedger.toSorted())
  })

  it('tells a unit nothing of another', async () => {
    for (const { recipients, raw } of await mails()) {
      const own = offices.find(({ addresses }) => addresses.some((address) => recipients.includes(address)))
      expect(own).toBeDefined()
      for (const other of offices.filter((office) => office !== own)) {
        const said = [other.name, other.label, openComplaint(other), complaintId(other, 1), ...other.addresses].filter(
          (word) => raw.includes(word),
        )
        expect(said, `of ${other.label} in the mail to ${recipients}`).toEqual([])
      }
    }
  })

  it('does not try a refused recipient again by itself, every ten minutes', async () => {
    const [ledger, run] = [await deliveries(), await reports.ledger.run(runId)]
    await reports.ring(week, { byItself: true })
    await reports.answered()
    expect(await deliveries()).toEqual(ledger)
    expect(await reports.ledger.run(runId)).toEqual(run)
  })

  it('tries only the refused recipient when somebody asks for the run again, under the same Message-ID', async () => {
    const refused = (await deliveries()).find(({ recipient }) => recipient === refusedFirst)
    isRefusing = false
    await reports.ring(week)
    await reports.answered()
    expect(await mails()).toHaveLength(4)
    const { parsed } = await mailTo(refusedFirst)
    expect(parsed.subject).toBe(`Catatan pembinaan mingguan ${limaIlir.label}, ${period.id}`)
    expect(parsed.messageId).toBe(refused?.message_id)
    expect((await deliveries()).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['suppressed', 0],
      ['sent', 1],
      ['sent', 2],
      ['sent', 1],
      ['sent', 1],
    ])
    expect(await reports.ledger.run(runId)).toMatchObject({ state: 'finished', delivered: 4, failed: 0, suppressed: 1 })
  })

  it('sends nothing again when the doorbell rings once more', async () => {
    const [ledger, run] = [await deliveries(), await reports.ledger.run(runId)]
    rungAtMs += 600_000
    await reports.ring(week)
    await reports.ring(week)
    await reports.answered()
    expect(await mails()).toHaveLength(4)
    expect(await deliveries()).toEqual(ledger)
    expect(await reports.ledger.run(runId)).toEqual(run)
  })
})
