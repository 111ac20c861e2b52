import { coachingObjectionDecided } from '@bina/client/coaching-events'
import { recipientDigest } from '@bina/pipeline/links/recipient-digest'
import { createReportLinks } from '@bina/pipeline/links/report-links'
import type { LinkedCopy } from '@bina/pipeline/ports/report-links'
import type { ReportLinks } from '@bina/reporting/report-input'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { directoryOf, ilirBarat, bukitLama as office, week } from '../harness/four-offices.ts'
import { linkSecret, openPortal } from '../harness/portal.ts'

// Wednesday, two days after the mails of the week from 8 June.
const time = { nowMs: Date.parse('2026-06-17T09:10:00+07:00') }

interface Item {
  readonly kind: string
  readonly item_id: string
  readonly code: string
  readonly coach_unit_id: string
  readonly opened_on: string
  readonly closed_on: string | null
  readonly outcome: string
}

describe('the links of a report, on real servers', () => {
  let city: TestCity
  let portal: Awaited<ReturnType<typeof openPortal>>
  let lurah: ReportLinks
  let camat: ReportLinks

  const events = () =>
    city.rows<{ id: string; type: string; data: string }>(
      "SELECT id, type, data FROM events WHERE source = 'urn:bina:portal' ORDER BY type, id",
    )
  const items = () =>
    city.rows<Item>(
      `SELECT kind, item_id, code, coach_unit_id, toString(toDate(opened_at, 'Asia/Jakarta')) AS opened_on,
         toString(toDate(closed_at, 'Asia/Jakarta')) AS closed_on, outcome
       FROM coaching_item_store FINAL WHERE unit_id = {unit: String} AND about_unit_id = {unit: String} ORDER BY kind, item_id`,
      { unit: office.id },
    )
  const press = (url: string | undefined, fields: Record<string, string>) =>
    fetch(url ?? 'no link', { method: 'POST', body: new URLSearchParams(fields) })

  beforeAll(async () => {
    const clock = () => time.nowMs
    city = await startTestCity({ brokers: inject('kafkaBrokers'), clickhouseUrl: inject('clickhouseUrl'), clock })
    const directory = [...directoryOf(office), ...directoryOf(ilirBarat)]
    await city.publish(directory.map((draft) => ({ ...draft, source: 'urn:test:directory' })))
    await city.settled()
    portal = await openPortal(city, clock)
    const linksFor = createReportLinks({ publicUrl: portal.url, secret: linkSecret })
    const copy: LinkedCopy = {
      week,
      unitId: office.id,
      recipient: office.addresses[0] ?? '',
      reader: 'unit_head',
      readerUnitId: office.id,
      locale: 'id',
      objectionUntil: '2026-06-22',
      step: { actionCode: 'greet_first', dueOn: '2026-06-19' },
    }
    lurah = linksFor(copy) ?? {}
    camat =
      linksFor({ ...copy, recipient: ilirBarat.addresses[0] ?? '', reader: 'superior', readerUnitId: ilirBarat.id }) ??
      {}
  })

  afterAll(async () => {
    await portal?.close()
    await city?.stop()
  })

  it('followed by a mail scanner change nothing, and name the unit as the directory does', async () => {
    const urls = [lurah.agree, lurah.object, camat.agree, camat.object, camat.held, camat.unsubscribe]
    for (const url of urls) {
      const page = await fetch(url ?? 'no link')
      expect(page.status).toBe(200)
      expect(await page.text()).toContain(office.label)
      expect((await fetch(url ?? 'no link', { method: 'HEAD' })).status).toBe(200)
    }
    await city.settled()
    expect(await events()).toEqual([])
    expect(await portal.choices()).toEqual([])
  })

  it('pressed twice at once, and once more, agree on one step', async () => {
    const before = await balance()
    const answers = await Promise.all([1, 2].map(() => press(lurah.agree, { intent: 'agree' })))
    answers.push(await press(camat.agree, { intent: 'agree' }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await city.settled()
    expect(await events()).toHaveLength(1)
    const after = await balance()
    expect(after.duplicates - before.duplicates).toBe(2)
    expect(after.dead).toBe(0)
    expect(await items()).toMatchObject([
      { kind: 'action', code: 'greet_first', opened_on: '2026-06-17', closed_on: null },
    ])
  })

  it('tell that the step is done, from the page that said thanks', async () => {
    const thanks = await (await press(lurah.agree, { intent: 'agree' })).text()
    const [, done] = /href="([^"]+\/done\/[^"]+)"/.exec(thanks) ?? []
    expect((await press(done, { intent: 'done', day: '2026-06-17' })).status).toBe(200)
    await city.settled()
    expect(await items()).toMatchObject([{ kind: 'action', code: 'greet_first', closed_on: '2026-06-17' }])
  })

  it('record a coaching by the link of the superior alone', async () => {
    expect(lurah.held).toBeUndefined()
    const taken = camat.held?.split('/').at(-1)
    for (const url of [lurah.agree, lurah.object]) {
      const moved = url?.replace(/\/(agree|object)\//, '/held/')
      expect((await press(moved, { intent: 'held', day: '2026-06-17' })).status).toBe(403)
    }
    expect((await press(`${portal.url}/agree/${taken}`, { intent: 'agree' })).status).toBe(403)
    await city.settled()
    expect((await items()).filter(({ kind }) => kind === 'session')).toEqual([])
    expect((await press(camat.held, { intent: 'held', day: '2026-06-16' })).status).toBe(200)
    await city.settled()
    expect((await items()).filter(({ kind }) => kind === 'session')).toMatchObject([
      { coach_unit_id: ilirBarat.id, code: 'greet_first', closed_on: '2026-06-16' },
    ])
  })

  it('object to a figure, and what is decided about it shows', async () => {
    expect((await press(lurah.object, { intent: 'object', measure: 'S2' })).status).toBe(200)
    await city.settled()
    const [objection] = (await items()).filter(({ kind }) => kind === 'objection')
    expect(objection).toMatchObject({ code: 'S2', opened_on: '2026-06-17', closed_on: null, outcome: '' })
    time.nowMs = Date.parse('2026-06-19T16:00:00+07:00')
    const decided = coachingObjectionDecided({
      time: '2026-06-19T15:00:00+07:00',
      objectionId: objection?.item_id ?? '',
      unitId: office.id,
      week,
      measure: 'S2',
      outcome: 'upheld',
    })
    await city.publish([{ ...decided, source: 'urn:test:bureau' }])
    await city.settled()
    expect((await items()).filter(({ kind }) => kind === 'objection')).toMatchObject([
      { item_id: objection?.item_id, outcome: 'upheld', closed_on: '2026-06-19' },
    ])
  })

  it('unsubscribe by one click, without the page, the superior from the copies of this unit', async () => {
    const oneClick = new FormData()
    oneClick.set('List-Unsubscribe', 'One-Click')
    const { status } = await fetch(camat.unsubscribe ?? 'no link', { method: 'POST', body: oneClick })
    expect(status).toBe(200)
    expect(lurah.unsubscribe).toBeUndefined()
    expect(await portal.choices()).toEqual([
      {
        recipient: recipientDigest(ilirBarat.addresses[0] ?? ''),
        unitId: office.id,
        report: '',
        choice: 'unsubscribed',
        atMs: time.nowMs,
      },
    ])
  })

  async function balance() {
    const [row] = await city.rows<{ duplicates: number; dead: number }>(
      'SELECT sum(duplicates) AS duplicates, sum(dead_lettered) AS dead FROM ingest_balance',
    )
    return { duplicates: Number(row?.duplicates), dead: Number(row?.dead) }
  }
})
