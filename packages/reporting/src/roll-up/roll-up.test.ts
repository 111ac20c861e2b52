import { describe, expect, it } from 'vitest'
import * as given from '../../fixtures/roll-up-inputs.ts'
import type { AreaReportInput } from '../area-report-input.ts'
import { renderHtml } from '../render-html.tsx'
import { renderText } from '../render-text.ts'
import { testActionLibrary } from '../test-action-library.ts'
import type { ReportViewModel } from '../view-model.ts'
import { lintWording } from '../wording-lint.ts'
import { areaViewModel } from './area-view-model.ts'
import { cityViewModel } from './city-view-model.ts'
import { integrityViewModel } from './integrity-view-model.ts'
import { rollUps } from './test-roll-ups.ts'

const picture = (id: string) => `cid:${id}@bina`
const textOf = (view: ReportViewModel) => `Subject: ${view.subject}\n\n${renderText(view)}`

describe.each(Object.entries(rollUps))('the report "%s"', (name, view) => {
  it('is the golden HTML', async () => {
    const html = renderHtml(view, picture).replaceAll('><', '>\n<')
    await expect(html).toMatchFileSnapshot(`../../fixtures/${name}.html`)
  })

  it('is the golden text', async () => {
    await expect(textOf(view)).toMatchFileSnapshot(`../../fixtures/${name}.txt`)
  })

  it('ranks nobody, judges nobody, and gives no percentage of few', () => {
    const pictures = view.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'chart' ? [`${block.chart.title}. ${block.alt}`] : [])),
    )
    const read = [textOf(view), ...pictures].join('\n')
    expect(lintWording(read, view.locale, { names: [view.disclaimer] })).toEqual([])
  })
})

describe('the roll-up of a kecamatan', () => {
  const unitNames = (view: ReportViewModel) =>
    view.sections.flatMap(({ id, blocks }) =>
      id === 'units' ? blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(([name]) => name) : [])) : [],
    )

  it('has its units in the order in which they were given, whatever their figures', () => {
    const turned: AreaReportInput = {
      ...given.kecamatan,
      units: given.kecamatan.units.map((unit, at, all) => ({
        ...unit,
        service: all[all.length - 1 - at]?.service ?? null,
      })),
    }
    expect(unitNames(areaViewModel(turned, testActionLibrary))).toEqual(
      unitNames(areaViewModel(given.kecamatan, testActionLibrary)),
    )
  })

  it('shows no score of a unit whose score is hidden', () => {
    const text = renderText(areaViewModel(given.kecamatan, testActionLibrary))
    expect(text).toContain('Kelurahan Sei Pangeran; skor layanan: data belum cukup')
  })

  it('tells of random checks between what shares they lie, and of fewer than ten the count alone', () => {
    const checksOf = (confirmed: number, notConfirmed: number) => {
      const c1 = { measure: 'C1', window: 'R4', numerator: confirmed, denominator: confirmed + notConfirmed } as const
      const measures = [{ ...c1, estimate: 0.8, lower80: 0.62, upper80: 0.88 }]
      const view = areaViewModel(
        { ...given.kecamatan, measures, spotChecks: { confirmed, notConfirmed } },
        testActionLibrary,
      )
      return view.sections.find(({ id }) => id === 'checks')?.blocks
    }
    expect(checksOf(11, 3)).toMatchObject([
      { text: expect.stringMatching(/^Pada 11 dari 14 pemeriksaan .* antara 62% dan 88%\.$/) },
    ])
    expect(checksOf(7, 2)).toMatchObject([{ text: expect.stringMatching(/^Pada 7 dari 9 [^%]* menyimpulkan\.$/) }])
  })

  it('gives each figure of ten or more its range, each point of a trend its number, and neither to what is only counted', () => {
    const text = renderText(areaViewModel(given.kecamatan, testActionLibrary)).replace(/\s+/g, ' ')
    expect(text).toContain('17 dari 21 (81%; 70–90%)')
    expect(text).toContain('W47 72 (64–80, 97 pengaduan)')
    expect(text).toContain('minggu tersebut: 5 dari 8; 13 minggu')
    const few = given.kecamatan.measures.map((row) => ({ ...row, numerator: 5, denominator: 9 }))
    const counted = renderText(areaViewModel({ ...given.kecamatan, measures: few, trends: [] }, testActionLibrary))
    expect(counted).not.toContain('%')
    expect(counted.replace(/\s+/g, ' ')).not.toContain('Rentang seperti')
  })

  it('counts the units for which there is no room', () => {
    const units = Array.from({ length: 60 }, (_, at) => ({
      ...given.kecamatan.units[0],
      id: `u${at}`,
      name: `Unit ${at}`,
    }))
    const text = renderText(
      areaViewModel({ ...given.kecamatan, units: units as AreaReportInput['units'] }, testActionLibrary),
    )
    expect(text.match(/dan 30 unit lain, lihat lampiran CSV/g)).toHaveLength(2)
  })

  it('counts the steps for which there is no room as the last of its list', () => {
    const actions = Array.from({ length: 15 }, () => given.kecamatan.actions).flat()
    const view = areaViewModel({ ...given.kecamatan, actions }, testActionLibrary)
    const lists = view.sections.flatMap(({ id, blocks }) =>
      id === 'actions' ? blocks.flatMap((block) => (block.kind === 'list' ? [block.items] : [])) : [],
    )
    expect(lists.map((items) => [items.length, items.at(-1)])).toEqual([[13, 'dan 18 langkah lain']])
  })

  it('stays under what mail clients cut off, however much there is to tell', () => {
    const many = <T>(rows: readonly T[]) => Array.from({ length: 200 }, () => rows).flat()
    const { units, actions, findings, restatements, stuck } = given.kecamatan
    const name = 'Puskesmas Demang Lebar Daun'
    const html = renderHtml(
      areaViewModel(
        {
          ...given.kecamatan,
          units: many(units.slice(0, 1)).map((unit) => ({ ...unit, name, casesDue: 12, casesOverdue: 34 })),
          actions: many(actions),
          findings: many(findings),
          restatements: many(restatements),
          stuck: many(stuck).map((one) => ({ ...one, url: `https://lapor.example/laporan/${one.complaintId}` })),
        },
        testActionLibrary,
      ),
      picture,
    )
    expect(new TextEncoder().encode(html).length).toBeLessThan(100_000)
  })
})

describe('the report of the city', () => {
  it('names no unit beside a figure', () => {
    const text = renderText(cityViewModel({ ...given.city, stuck: [] }, testActionLibrary))
    for (const { name } of given.kecamatan.units) expect(text).not.toContain(name)
  })

  it('has three charts', () => {
    const charts = cityViewModel(given.city, testActionLibrary).sections.flatMap(({ blocks }) =>
      blocks.filter(({ kind }) => kind === 'chart'),
    )
    expect(charts).toHaveLength(3)
  })
})

describe('the report of the inspectorate', () => {
  it('holds no score and no figure of performance', () => {
    const words = textOf(integrityViewModel(given.inspectorate)).toLowerCase()
    for (const word of ['skor layanan', 'skor disiplin', 'kepuasan', 'tepat waktu', 'semula', 'menjadi'])
      expect(words).not.toContain(word)
  })

  it('lists ids of severe cases that are open, and no others', () => {
    const text = renderText(integrityViewModel(given.inspectorate))
    expect(text).toContain('PLB-2026-103001')
    expect(text).not.toContain('PLB-2026-102001')
  })
})
