import type { TrendChart } from '@bina/reporting/chart/chart'
import type { ReportViewModel } from '@bina/reporting/view-model'
import { describe, expect, it } from 'vitest'
import { createReportPrint } from './report-print.ts'

const chart: TrendChart = {
  kind: 'trend',
  title: 'Skor layanan',
  axis: { from: 0, to: 100, ticks: [{ at: 50, label: '50' }] },
  points: [{ label: 'M47', value: 66, lower: 58, upper: 75 }],
  lastLabel: '66',
}
const table = { caption: 'Layanan', columns: ['Ukuran', 'Minggu'], rows: [['Ditanggapi', '3 dari 3']] }
const report: ReportViewModel = {
  locale: 'id',
  subject: 'Catatan pembinaan',
  preheader: '',
  title: 'Catatan pembinaan mingguan',
  unitLabel: 'Kelurahan Bukit Lama',
  period: '16–22 November 2026',
  greeting: 'Yth. Bapak/Ibu Lurah,',
  opening: 'Terima kasih.',
  sections: [
    {
      id: 'service',
      heading: 'Layanan',
      blocks: [
        { kind: 'paragraph', tone: 'plain', text: 'Tiga pengaduan.' },
        { kind: 'scale', label: 'Skor', value: 66, lower: 58, upper: 75, valueText: '66 dari 100', band: 'Terjaga' },
        { kind: 'chart', id: 'trend', chart, alt: 'Skor 66 pada minggu 47.', table },
      ],
    },
    {
      id: 'focus',
      heading: 'Fokus',
      blocks: [
        { kind: 'question', text: 'Bagian mana?' },
        { kind: 'step', label: 'Usulan', text: 'Tempel daftar.', facts: [{ label: 'Selesai', text: 'Jumat' }] },
        { kind: 'button', text: 'Setuju', url: 'https://bina.example/l/abc' },
      ],
    },
    {
      id: 'cases',
      heading: 'Kasus',
      blocks: [
        { kind: 'table', ...table, rows: [[{ text: 'PLB-1', url: 'https://lapor.example/PLB-1' }, '']] },
        { kind: 'table', ...table },
        { kind: 'list', items: ['satu', { text: 'dua', url: 'https://bina.example/' }] },
        { kind: 'facts', rows: [{ label: 'Minggu', text: '2026-W47' }] },
      ],
    },
  ],
  disclaimer: 'Catatan ini untuk pembinaan unit.',
  footer: ['Dikirim oleh Bina.'],
}
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const pagesIn = (pdf: Uint8Array) => [...textOf(pdf).matchAll(/\/Type\s*\/Page\b/g)].length
const many = (rows: number): ReportViewModel => ({
  ...report,
  sections: [
    {
      id: 'cases',
      heading: 'Kasus',
      blocks: [{ kind: 'table', ...table, rows: Array.from({ length: rows }, (_, at) => [`PLB-${at}`, 'Senin']) }],
    },
  ],
})

describe('the printed report', () => {
  it('is the same bytes for the same report, from another printer as well', async () => {
    const [first, again] = [createReportPrint(), createReportPrint()]
    const pdf = await first.pdf(report)
    expect(Buffer.compare(await first.pdf(structuredClone(report)), pdf)).toBe(0)
    await again.pdf({ ...report, subject: 'another one before' })
    expect(Buffer.compare(await again.pdf(report), pdf)).toBe(0)
  })

  it('is tagged for screen readers, says its language and its title, and reads the chart out', async () => {
    const text = textOf(await createReportPrint().pdf(report))
    expect(text).toContain('/StructTreeRoot')
    expect(text).toContain('/Lang (id)')
    expect(text).toContain('pdfuaid:part>1')
    expect(text).toContain('Skor 66 pada minggu 47.')
  })

  it('is one page where it can be, set closer before it takes a second', async () => {
    const print = createReportPrint()
    expect(pagesIn(await print.pdf(many(30)))).toBe(1)
    const closer = await print.pdf(many(50))
    expect(pagesIn(closer)).toBe(1)
    expect(pagesIn(await print.pdf(many(120)))).toBe(2)
  })

  it('says before all else what its mail says so: that it is a test, or comes in place of somebody', async () => {
    const print = createReportPrint()
    const [plain, marked] = [await print.pdf(report), await print.pdf({ ...report, notices: ['Uji coba.'] })]
    expect(Buffer.compare(plain, marked)).not.toBe(0)
    expect(Buffer.compare(await print.pdf({ ...report, notices: [] }), plain)).toBe(0)
  })

  it('says what is wrong with a report that it cannot lay out', async () => {
    const broken = { ...report, sections: [{ id: 'cases', heading: '', blocks: [{ kind: 'poem' }] }] }
    const printed = createReportPrint().pdf(broken as unknown as ReportViewModel)
    await expect(printed).rejects.toMatchObject({
      code: 'bad_pdf',
      message: expect.stringContaining('unknown block poem'),
    })
  })

  it('lets other work have its turn between two pages, in which the memory of the one before is given back', async () => {
    const { pdf } = createReportPrint()
    let turns = 0
    for (const page of [1, 2, 3]) {
      setImmediate(() => {
        turns++
      })
      await pdf(report)
      expect(turns).toBe(page)
    }
  })

  it('takes every word for a word: nothing that comes from a directory is read as markup', async () => {
    const name = '#read("/etc/passwd") $x$ @cite *b* _i_ `c` = H <label> \\ // "'
    const pdf = await createReportPrint().pdf({ ...report, unitLabel: name, greeting: name, footer: [name] })
    expect(pagesIn(pdf)).toBe(1)
  })
})

describe('the picture in the mail', () => {
  it('has two dots a pixel, and the same bytes each time', async () => {
    const png = Buffer.from(await createReportPrint().png(chart))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(2 * 556)
    expect(Buffer.compare(await createReportPrint().png(chart), png)).toBe(0)
  })

  it('shows its letters: without a font they would be left out in silence', async () => {
    const print = createReportPrint()
    const wordless = await print.png({ ...chart, title: '', axis: { ...chart.axis, ticks: [] }, lastLabel: '' })
    expect((await print.png(chart)).length).toBeGreaterThan(wordless.length + 500)
  })

  it('does not depend on what was drawn before it', async () => {
    const print = createReportPrint()
    await print.png({ ...chart, title: 'Another', lastLabel: '3' })
    expect(Buffer.compare(await print.png(chart), await createReportPrint().png(chart))).toBe(0)
  })

  it('is drawn once for equal charts', async () => {
    const print = createReportPrint()
    const [one, other] = await Promise.all([print.png(chart), print.png(structuredClone(chart))])
    expect(other).toBe(one)
    expect(await print.png({ ...chart, title: 'Another' })).not.toBe(one)
  })
})
