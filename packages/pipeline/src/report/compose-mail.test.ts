import { describe, expect, it } from 'vitest'
import type { LinkedCopy } from '../ports/report-links.ts'
import type { ReportPrint } from '../ports/report-print.ts'
import { type Copy, createComposeMail } from './compose-mail.ts'
import type { RunReport } from './report-kind.ts'
import { createTestOffice, week } from './test-office.ts'

const print: ReportPrint = {
  png: async (chart) => new TextEncoder().encode(`png of ${chart.kind}`),
  pdf: async (view) => new TextEncoder().encode(`pdf of ${view.subject}`),
}
const config = { from: 'bina@palembang.example', replyTo: undefined, attachPdf: false }
const copy: Copy = {
  week,
  recipient: 'camat@palembang.example',
  reader: 'superior',
  readerUnitId: 'kecamatan',
  messageId: '<a@b>',
}
const table = { caption: 'Tren', columns: ['Minggu', 'Nilai'], rows: [['W24', '66']] }

async function reportWithChart(): Promise<RunReport> {
  const office = createTestOffice([{ unitId: 'upt:sako/1', reportEmails: [] }])
  const { reports } = await office.unitKind.reports({ week, nowMs: 0, dataCompleteUntilMs: 0 })
  for await (const one of reports) {
    if ('cause' in one) expect.unreachable()
    return {
      ...one,
      view: (marks) => {
        const view = one.view(marks)
        const bar = { label: 'S2', share: 0.66, lower: null, upper: null, text: '66' }
        const chart = { kind: 'bars', title: 'Layanan', bars: [bar] } as const
        const block = { kind: 'chart', id: 'trend', chart, alt: 'Tren layanan', table } as const
        return { ...view, sections: [{ id: 'service', heading: 'Layanan', blocks: [block] }] }
      },
      files: () => [{ filename: 'angka.csv', contentType: 'text/csv', content: new Uint8Array([59]) }],
    }
  }
  return expect.unreachable()
}

describe('a copy of a report', () => {
  it('shows its charts as pictures in the page, and has its files beside', async () => {
    const mail = await createComposeMail(config, { print })(await reportWithChart(), copy)
    expect(mail.html).toMatch(/<img[^>]+src="cid:trend@bina"/)
    expect(mail.attachments?.map(({ filename, cid }) => [filename, cid])).toEqual([
      ['trend.png', 'trend@bina'],
      ['angka.csv', undefined],
    ])
  })

  it('does without pictures where there is no printer: the table has the same numbers', async () => {
    const mail = await createComposeMail(config, {})(await reportWithChart(), copy)
    expect(mail.html).not.toContain('<img')
    expect(mail.html).toContain('66')
    expect(mail.attachments?.map(({ filename }) => filename)).toEqual(['angka.csv'])
  })

  it('has the whole report as a PDF where the city wants it, under a name that any machine takes', async () => {
    const mail = await createComposeMail({ ...config, attachPdf: true }, { print })(await reportWithChart(), copy)
    expect(mail.attachments?.map(({ filename }) => filename)).toContain('bina_2026-06-08_upt-sako-1.pdf')
  })

  it('has links that say who reads it, as whom, and until when an objection is taken', async () => {
    const asked: LinkedCopy[] = []
    const makeLinks = (of: LinkedCopy) => {
      asked.push(of)
      return { unsubscribe: 'https://bina.palembang.example/l/1' }
    }
    const mail = await createComposeMail(config, { makeLinks })(await reportWithChart(), copy)
    expect(asked).toEqual([
      {
        week,
        unitId: 'upt:sako/1',
        recipient: copy.recipient,
        reader: 'superior',
        readerUnitId: 'kecamatan',
        locale: 'id',
        objectionUntil: '2026-06-22',
        step: { actionCode: expect.stringMatching(/^[a-z_]+$/), dueOn: '2026-06-19' },
      },
    ])
    expect(mail.unsubscribeUrl).toBe('https://bina.palembang.example/l/1')
  })

  it('that is only tried out has no link: nobody agrees or objects from it', async () => {
    const makeLinks = () => expect.unreachable()
    const mail = await createComposeMail(config, { makeLinks })(await reportWithChart(), { ...copy, marked: 'test' })
    expect(mail.unsubscribeUrl).toBeUndefined()
  })

  it('of the own office has no way out of the list, whatever the links say', async () => {
    const makeLinks = () => ({ unsubscribe: 'https://bina.palembang.example/l/1' })
    for (const reader of ['unit_head', 'in_place_of'] as const) {
      const mail = await createComposeMail(config, { makeLinks })(await reportWithChart(), { ...copy, reader })
      expect(mail.unsubscribeUrl).toBeUndefined()
    }
  })
})
