import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryInput } from '../fixtures/arbitrary-input.ts'
import {
  casesOnly,
  conductSignal,
  english,
  fullUnit,
  noData,
  restated,
  thinData,
  upt,
} from '../fixtures/golden-inputs.ts'
import { renderText } from './render-text.ts'
import type { ReportInput, ReportMeasure } from './report-input.ts'
import { reportViewModel } from './report-view-model.ts'
import { testActionLibrary } from './test-action-library.ts'
import type { SectionId } from './view-model.ts'

const viewOf = (input: ReportInput) => reportViewModel(input, testActionLibrary)
const section = (input: ReportInput, id: SectionId) => viewOf(input).sections.find((s) => s.id === id)
const words = (input: ReportInput, id: SectionId) => JSON.stringify(section(input, id))
const changeMeasure = (input: ReportInput, measure: string, change: Partial<ReportMeasure>): ReportInput => ({
  ...input,
  measures: input.measures.map((m) => (m.measure === measure ? { ...m, ...change } : m)),
})

describe('what a unit head reads first', () => {
  test('thanks, and a fact that went well', () => {
    expect(viewOf(fullUnit).opening).toContain('Terima kasih')
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

  test('takes its step from the library that it is given', () => {
    const library = {
      actions: testActionLibrary.actions.map((action) => ({ ...action, text: { id: 'Langkah kota.', en: 'A step.' } })),
    }
    expect(JSON.stringify(reportViewModel(noData, library))).toContain('Langkah kota.')
  })

  test('on how residents were met says it plainly and kindly, in counts', () => {
    const focus = words(conductSignal, 'focus')
    expect(focus).toContain('Fokus minggu ini: cara warga disambut')
    expect(focus).toContain(
      'Dalam 13 minggu terakhir, 6 laporan warga menyangkut cara mereka disambut; 2 di antaranya pada minggu tersebut.',
    )
    expect(focus).toContain('datang lebih rapat daripada yang dapat dijelaskan oleh kebetulan')
    expect(focus).toContain('bukan orangnya')
  })

  test('has a button to agree on the step where the copy has the link', () => {
    expect(section(fullUnit, 'focus')?.blocks).toContainEqual({
      kind: 'button',
      text: 'Sepakati langkah ini',
      url: fullUnit.links?.agree,
    })
    expect(words({ ...fullUnit, links: {} }, 'focus')).not.toContain('button')
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
    expect(viewOf(english).period).toBe('28 December 2026 – 3 January 2027')
    expect(words(english, 'figures')).toContain('2026-W53')
  })

  test('a week over the turn of a month has both months', () => {
    expect(viewOf({ ...fullUnit, week: '2026-11-30' }).period).toBe('30 November – 6 Desember 2026')
  })

  test('there is a right to object, with its last day and an address', () => {
    expect(words(fullUnit, 'rights')).toContain('paling lambat 5 hari kerja, yaitu sampai Senin, 30 November 2026')
    expect(words(fullUnit, 'rights')).toContain(fullUnit.contact)
  })

  test('the note is for coaching and no basis for sanctions', () => {
    expect(viewOf(fullUnit).disclaimer).toContain('bukan dasar hukuman disiplin')
    expect(viewOf(english).disclaimer).toContain('no basis for sanctions')
  })

  test('the superior reads the same, is told why it came, and alone can record a coaching', () => {
    const links = { held: 'https://bina.example/l/held' }
    const { footer, ...forHead } = viewOf({ ...fullUnit, links: {} })
    const { footer: why, sections, ...forSuperior } = viewOf({ ...fullUnit, links, reader: 'superior' })
    expect({ ...forSuperior, sections: sections.filter(({ id }) => id !== 'superior') }).toEqual(forHead)
    expect(why[0]).toContain('atasan langsung')
    expect(footer[0]).toContain('direktori kota')
    expect(sections.at(-1)?.blocks).toContainEqual({ kind: 'button', text: 'Catat pembinaan', url: links.held })
    expect(forHead.sections.map(({ id }) => id)).not.toContain('superior')
  })

  test('a copy that comes in place of a vacant post, again, or as a test says so before all else', () => {
    const view = viewOf(restated)
    expect(view.subject).toMatch(/^\[Kirim ulang\] Catatan pembinaan/)
    expect(view.notices).toEqual([
      expect.stringContaining('menggantikan yang sebelumnya'),
      expect.stringContaining('ditujukan kepada Lurah 9/10 Ulu'),
    ])
    expect(view.footer[0]).toContain('tidak dapat disampaikan')
    const test = viewOf({ ...fullUnit, marked: 'test' })
    expect([test.subject, test.notices?.[0]]).toEqual([
      expect.stringMatching(/^\[Uji coba\]/),
      expect.stringContaining('Tidak ada yang perlu dilakukan'),
    ])
    expect(viewOf(fullUnit).notices).toBeUndefined()
  })

  test('who may stop the notes finds how, and nobody else', () => {
    expect(viewOf(fullUnit).unsubscribe?.map(({ url }) => url)).toEqual([fullUnit.links?.unsubscribe])
    expect(viewOf(restated).unsubscribe).toEqual([])
  })
})

describe('the course of the score', () => {
  const chartOf = (input: ReportInput) => section(input, 'service')?.blocks.find((block) => block.kind === 'chart')

  test('is drawn with its limits, told in words, and given in numbers', () => {
    const chart = chartOf(fullUnit)
    expect(chart?.alt).toBe('Grafik: Skor layanan masih dalam variasi wajar; 58 pada W35, 66 pada W47.')
    expect(chart?.chart).toMatchObject({
      limits: { lower: 54.2, upper: 69.6, label: 'variasi wajar' },
      lastLabel: '66',
    })
    expect(chart?.table.caption).toContain('variasi wajar 54 sampai 70')
    expect(chart?.table.rows).toHaveLength(13)
    expect(chart?.table.rows.at(-1)).toEqual(['W47', '66', '58–75'])
    expect(chart?.table.rows[5]).toEqual(['W40', '', ''])
    expect(words(fullUnit, 'service')).toContain('belum perlu tindakan khusus')
  })

  test('is told as above chance where it is, and a concern is never called calm', () => {
    expect(chartOf(upt)?.chart.title).toBe('Skor layanan di atas variasi wajar')
    const concern = { measure: 'S2', rule: 'shift', direction: 'concern', weeks: 7 } as const
    const text = words({ ...upt, signals: [concern] }, 'service')
    expect(text).toContain('Ada sinyal perubahan pada penyelesaian tepat waktu: sudah 7 minggu berturut-turut')
    expect(words({ ...fullUnit, signals: [{ ...concern, measure: 'S8' }] }, 'service')).not.toContain('belum perlu')
  })

  test('is not drawn without a score, nor of two points', () => {
    expect(chartOf({ ...fullUnit, service: null })).toBeUndefined()
    const two = fullUnit.trends.map((trend) => ({ ...trend, points: trend.points.slice(-2) }))
    expect(chartOf({ ...fullUnit, trends: two })).toBeUndefined()
  })
})

describe('since the last note', () => {
  test('the agreed step stands with whether it was done', () => {
    expect(words(fullUnit, 'since')).toContain('Disepakati 10 November: Tulis pengaduan terbuka')
    expect(words(fullUnit, 'since')).toContain('Sudah selesai 17 November. Terima kasih.')
    expect(words(conductSignal, 'since')).toContain('Rencananya 20 November; belum tercatat selesai.')
    const later = conductSignal.actions.map((action) => ({ ...action, dueOn: '2026-11-23' }))
    expect(words({ ...conductSignal, actions: later }, 'since')).toContain('Rencana selesai 23 November.')
  })

  test('an open step can be marked as done where the copy has the link, a done one needs none', () => {
    expect(words(conductSignal, 'since')).toContain('/l/done.')
    const done = conductSignal.actions.map((action) => ({ ...action, doneOn: '2026-11-19' }))
    expect(words({ ...conductSignal, actions: done }, 'since')).not.toContain('/l/done.')
  })

  test('a step of the city that the library does not know stands by its code', () => {
    const own = fullUnit.actions.map((action) => ({ ...action, actionCode: 'kota/7' }))
    expect(words({ ...fullUnit, actions: own }, 'since')).toContain('langkah kota/7')
  })

  test('figures that moved stand with what they were, those that did not are left out', () => {
    expect(words(fullUnit, 'since')).toContain(
      'Angka yang berubah: skor layanan dari 64 menjadi 66; pengaduan jatuh tempo dari 5 menjadi 3; pengaduan melewati tenggat dari 2 menjadi 3.',
    )
    expect(words({ ...fullUnit, changes: [] }, 'since')).not.toContain('Angka yang berubah')
    expect(words({ ...fullUnit, trends: [] }, 'since')).toContain('masih di dalam rentangnya')
  })

  test('an objection is told with its decision, and a restated figure with its cause', () => {
    const text = words(restated, 'since')
    expect(text).toContain('Klarifikasi Bapak/Ibu atas minggu 26 Oktober – 1 November 2026 diterima pada 18 November')
    expect(text).toContain('masih ditinjau')
    expect(text).toContain('berubah dari 79 menjadi 84, karena ada catatan yang dikoreksi')
    expect(text).toContain(
      'Skor layanan minggu 2–8 November 2026 kini ditampilkan (71), karena ada catatan yang datang terlambat',
    )
    expect(text).toContain('karena aturan penghitungan berubah')
    const dismissed = restated.objections.map((o) => ({ ...o, outcome: 'dismissed' as const }))
    expect(words({ ...restated, objections: dismissed }, 'since')).toContain('angkanya tetap')
  })

  test('an effect of coaching is told only where it can be concluded', () => {
    expect(words(upt, 'since')).toContain('keramahan dan kejelasan 7,4 poin di atas yang diperkirakan tanpa pembinaan')
    expect(words({ ...upt, coachingEffect: null }, 'since')).not.toContain('Dampak')
    const lower = {
      ...upt,
      coachingEffect: {
        measure: 'S6',
        conclusion: 'lower' as const,
        effect: -3.2,
        lower80: -5.5,
        upper80: -0.9,
        comparedUnits: 38,
      },
    }
    expect(words(lower, 'since')).toContain(
      '3,2 poin di bawah yang diperkirakan tanpa pembinaan (dalam empat dari lima kemungkinan antara 0,9 dan 5,5 poin)',
    )
  })
})

describe('what visits and residents say', () => {
  test('findings stand with where they come from, their dates and whether they are closed', () => {
    expect(words(conductSignal, 'findings')).toContain(
      'Media sosial, 12 November: cara warga disambut. Tenggatnya 20 November; masih terbuka.',
    )
    expect(words(conductSignal, 'findings')).toContain(
      'Kunjungan Wali Kota, 5 November: ruang dan sarana. Tenggat 26 November.',
    )
    const closed = conductSignal.findings.map((finding) => ({ ...finding, closedOn: '2026-11-18' }))
    expect(words({ ...conductSignal, findings: closed }, 'findings')).toContain('Sudah ditindaklanjuti 18 November.')
  })

  test('what is severe is handled elsewhere, and not named here', () => {
    const severe = conductSignal.findings.map((finding) => ({ ...finding, category: 'illegal_fee' }))
    expect(words({ ...conductSignal, findings: severe }, 'findings')).toContain('ditangani Inspektorat')
  })

  test('what the focus has told is not told again', () => {
    expect(words(conductSignal, 'residents')).not.toContain('disambut')
    expect(words(conductSignal, 'residents')).toContain('alur yang belum jelas')
    expect(words(conductSignal, 'residents')).toContain('18 dari 20 butir sarana yang diperiksa dalam keadaan baik')
  })
})

describe('a page without a score', () => {
  test('is of use by itself: what is on record, whose turn it is, and one step', () => {
    expect(words(thinData, 'service')).toContain('tercatat: 3 dari 3 pengaduan ditanggapi tepat waktu; 2 dari 3')
    expect(words(casesOnly, 'focus')).toContain('Siapa yang memegang tiap nomor')
    expect(section(casesOnly, 'cases')?.blocks[0]).toMatchObject({
      rows: [
        [
          { text: 'PLB-2026-103977', url: 'https://lapor.palembang.example/kasus/PLB-2026-103977' },
          'Kamis, 19 November',
        ],
      ],
    })
  })

  test('leaves out what has nothing to say', () => {
    expect(viewOf(casesOnly).sections.map(({ id }) => id)).toEqual([
      'went_well',
      'service',
      'focus',
      'cases',
      'discipline',
      'figures',
      'rights',
    ])
  })
})

test('an ordinary report is one page of text, and a long list is cut with what is left out', () => {
  const many = Array.from({ length: 30 }, (_, at) => ({ complaintId: `PLB-${at}`, dueAtMs: fullUnit.nextRunMs }))
  expect(words({ ...fullUnit, casesDue: many }, 'cases')).toContain('dan 22 pengaduan lain')
  // An A4 page of small type (58 lines) takes some 5,800 characters, and a picture of 5 cm the room of 700.
  for (const input of [fullUnit, conductSignal, thinData, upt])
    expect(renderText(viewOf(input)).replace(/https:\S+/g, '').length).toBeLessThan(5_000)
})

describe('names of the directory', () => {
  test('a kelurahan called by a number is called a kelurahan, once', () => {
    const named = (name: string) => viewOf({ ...fullUnit, unit: { ...fullUnit.unit, name } })
    expect(named('5 Ilir').unitLabel).toBe('Kelurahan 5 Ilir')
    expect(named('Kelurahan 5 Ilir').unitLabel).toBe('Kelurahan 5 Ilir')
    expect(named('Kelurahan 5 Ilir').greeting).toBe('Yth. Bapak/Ibu Lurah 5 Ilir,')
  })

  test('no name breaks a line or turns the direction of writing', () => {
    const name = 'Bukit\r\nBcc: x\u202e Lama'
    expect(viewOf({ ...fullUnit, unit: { ...fullUnit.unit, name } }).subject).toMatch(/^[^\p{Cc}\u202e]*$/u)
  })
})

test('equal inputs give equal reports, and a hidden score is never drawn', () => {
  fc.assert(
    fc.property(arbitraryInput, (input) => {
      const view = viewOf(input)
      expect(viewOf(structuredClone(input))).toEqual(view)
      const scales = view.sections.flatMap((s) => s.blocks.filter((b) => b.kind === 'scale'))
      expect(scales).toHaveLength(input.service?.value == null ? 0 : 1)
      expect(view.sections.flatMap((s) => s.blocks.filter((b) => b.kind === 'step'))).toHaveLength(1)
      expect(view.sections.every((s) => s.heading !== '' && s.blocks.length > 0)).toBe(true)
    }),
    { numRuns: 100 },
  )
})
