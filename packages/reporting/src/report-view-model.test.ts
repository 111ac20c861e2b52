import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryInput } from '../fixtures/arbitrary-input.ts'
import { english, fullUnit, noData, thinData } from '../fixtures/golden-inputs.ts'
import { defaultSteps } from './data/steps.ts'
import type { ReportInput, ReportMeasure } from './report-input.ts'
import { reportViewModel } from './report-view-model.ts'
import type { Step } from './step-library.ts'
import type { SectionId } from './view-model.ts'

const section = (input: ReportInput, id: SectionId) => reportViewModel(input).sections.find((s) => s.id === id)
const words = (input: ReportInput, id: SectionId) => JSON.stringify(section(input, id))
const changeMeasure = (input: ReportInput, measure: string, change: Partial<ReportMeasure>): ReportInput => ({
  ...input,
  measures: input.measures.map((m) => (m.measure === measure ? { ...m, ...change } : m)),
})

describe('what a unit head reads first', () => {
  test('thanks, and a fact that went well', () => {
    expect(reportViewModel(fullUnit).opening).toContain('Terima kasih')
    expect(words(fullUnit, 'went_well')).toContain('3 dari 3 pengaduan ditanggapi tepat waktu')
  })

  test('where no data are, the thanks alone: no praise is made up', () => {
    expect(words(noData, 'went_well')).toContain('belum cukup')
  })

  test('complaints closed on time are no good news when the checks found them not done', () => {
    const hidden = { ...fullUnit, service: null, measures: fullUnit.measures.filter((m) => m.measure.startsWith('S')) }
    const closedOnly = { ...hidden, measures: hidden.measures.filter((m) => m.measure === 'S2' || m.measure === 'S3') }
    const allClosed = changeMeasure(closedOnly, 'S2', { numerator: 13, denominator: 13 })
    expect(words(allClosed, 'went_well')).toContain('13 dari 13')
    expect(words(changeMeasure(allClosed, 'S3', { numerator: 1 }), 'went_well')).not.toContain('13 dari 13')
  })
})

describe('the service score', () => {
  test('is told with its interval in words', () => {
    expect(words(fullUnit, 'service')).toContain('66 dari 100')
    expect(words(fullUnit, 'service')).toContain('dalam empat dari lima kemungkinan berada antara 58 dan 75')
  })

  test('of few cases is not shown, and the page says how few', () => {
    expect(words(thinData, 'service')).toContain('Data belum cukup (3 pengaduan jatuh tempo dalam 26 minggu terakhir)')
    expect(words(thinData, 'service')).not.toContain('scale')
  })

  test('worked out from 26 weeks says so', () => {
    const widened = fullUnit.service === null ? null : { ...fullUnit.service, window: 'R26' as const }
    expect(words({ ...fullUnit, service: widened }, 'service')).toContain('26 minggu, bukan 13')
  })
})

describe('the focus', () => {
  test('is the term that holds back most points, with its counts, its reason, and a Friday', () => {
    const focus = words(fullUnit, 'focus')
    expect(focus).toContain('Fokus minggu ini: penyelesaian yang tuntas dan tepat waktu')
    expect(focus).toContain('9 dari 13 pengaduan selesai tepat waktu dan tidak dibuka kembali; 4 belum')
    expect(focus).toContain('dari 34 poin yang masih terbuka menuju 100, 16 poin ada di sini')
    expect(focus).toContain('Jumat, 27 November 2026')
    expect(focus).toContain('Dukungan apa')
  })

  test('stands once on the page, even where nothing points to it', () => {
    expect(words(noData, 'focus')).toContain('Usulan langkah')
    expect(words(noData, 'focus')).toContain('Satu langkah untuk minggu ini')
  })

  test('without a score, the complaints that fall due are what to do', () => {
    const kept = { ...thinData, discipline: null }
    expect(words(kept, 'focus')).toContain('Siapa yang memegang tiap nomor')
  })

  test('of another week is another step', () => {
    expect(words({ ...noData, week: '2026-11-23' }, 'focus')).not.toBe(words(noData, 'focus'))
  })

  test('takes its steps from the library that it is given', () => {
    const step: Step = { id: 'x', owner: 'head', text: { id: 'Langkah kota.', en: 'A step of the city.' } }
    const view = reportViewModel(noData, { ...defaultSteps, general: [step] })
    expect(JSON.stringify(view)).toContain('Langkah kota.')
  })
})

describe('discipline', () => {
  test('is two lines, and says that few checks prove nothing', () => {
    expect(section(thinData, 'discipline')?.blocks).toHaveLength(2)
    expect(words(thinData, 'discipline')).toContain(
      'pada 5 dari 5 pemeriksaan, pegawai berada di tempat; jumlah sekecil ini belum cukup untuk menyimpulkan',
    )
  })

  test('of few person-days has no score', () => {
    const few = changeMeasure({ ...thinData, discipline: null }, 'A1', { numerator: 22, denominator: 24 })
    expect(words(few, 'discipline')).toContain('Data presensi belum cukup (24 hari kerja')
  })

  test('of ten and more checks is told with the interval of their share', () => {
    expect(words(english, 'discipline')).toContain('18 of 20 checks; the chance is four in five')
  })
})

describe('what a reader must know', () => {
  test.each([
    ['Asia/Jakarta', 'WIB', '00.00'],
    ['Asia/Makassar', 'WITA', '01.00'],
    ['Asia/Jayapura', 'WIT', '02.00'],
  ])('the data are complete until an instant in %s, called %s', (zone, name, time) => {
    const there = { ...fullUnit, unit: { ...fullUnit.unit, zone } }
    expect(words(there, 'figures')).toContain(`Senin, 23 November 2026 pukul ${time} ${name}`)
    expect(words({ ...there, unit: { ...there.unit, locale: 'en' } }, 'figures')).toContain(
      `Monday, 23 November 2026 at ${time.replace('.', ':')} ${name}`,
    )
  })

  test('summer time and winter time have their own names', () => {
    const newYork = { ...english, dataCompleteUntilMs: Date.parse('2026-07-06T00:00:00-04:00') }
    expect(words(newYork, 'figures')).toContain('Monday, 6 July 2026 at 00:00 EDT')
  })

  test('a week over the turn of a year has both years', () => {
    expect(reportViewModel(english).period).toBe('28 December 2026 – 3 January 2027')
    expect(words(english, 'figures')).toContain('2026-W53')
  })

  test('a week over the turn of a month has both months', () => {
    expect(reportViewModel({ ...fullUnit, week: '2026-11-30' }).period).toBe('30 November – 6 Desember 2026')
  })

  test('there is a right to object, with its last day and an address', () => {
    expect(words(fullUnit, 'rights')).toContain('paling lambat 5 hari kerja, yaitu sampai Senin, 30 November 2026')
    expect(words(fullUnit, 'rights')).toContain(fullUnit.contact)
  })

  test('the note is for coaching and no basis for sanctions', () => {
    expect(reportViewModel(fullUnit).disclaimer).toContain('bukan dasar hukuman disiplin')
    expect(reportViewModel(english).disclaimer).toContain('no basis for sanctions')
  })

  test('the superior reads the same, and is told why it came', () => {
    const { footer, ...forHead } = reportViewModel(fullUnit)
    const { footer: why, ...forSuperior } = reportViewModel({ ...fullUnit, reader: 'superior' })
    expect(forSuperior).toEqual(forHead)
    expect(why[0]).toContain('atasan langsung')
    expect(footer[0]).toContain('direktori kota')
  })
})

describe('names of the directory', () => {
  test('a kelurahan called by a number is called a kelurahan, once', () => {
    const named = (name: string) => reportViewModel({ ...fullUnit, unit: { ...fullUnit.unit, name } })
    expect(named('5 Ilir').unitLabel).toBe('Kelurahan 5 Ilir')
    expect(named('Kelurahan 5 Ilir').unitLabel).toBe('Kelurahan 5 Ilir')
    expect(named('Kelurahan 5 Ilir').greeting).toBe('Yth. Bapak/Ibu Lurah 5 Ilir,')
  })

  test('no name breaks a line or turns the direction of writing', () => {
    const name = 'Bukit\r\nBcc: x\u202e Lama'
    expect(reportViewModel({ ...fullUnit, unit: { ...fullUnit.unit, name } }).subject).toMatch(/^[^\p{Cc}\u202e]*$/u)
  })
})

test('equal inputs give equal reports, and a hidden score is never drawn', () => {
  fc.assert(
    fc.property(arbitraryInput, (input) => {
      const view = reportViewModel(input)
      expect(reportViewModel(structuredClone(input))).toEqual(view)
      const scales = view.sections.flatMap((s) => s.blocks.filter((b) => b.kind === 'scale'))
      expect(scales).toHaveLength(input.service?.value == null ? 0 : 1)
      expect(view.sections.flatMap((s) => s.blocks.filter((b) => b.kind === 'step'))).toHaveLength(1)
      expect(view.sections.every((s) => s.heading !== '' && s.blocks.length > 0)).toBe(true)
    }),
    { numRuns: 100 },
  )
})
