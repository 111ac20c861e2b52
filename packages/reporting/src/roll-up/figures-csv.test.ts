import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kecamatan } from '../../fixtures/roll-up-inputs.ts'
import { csvCell, figuresCsv } from './figures-csv.ts'

describe('the figures of a roll-up as CSV', () => {
  it('have a row for each unit in the order given, and a hidden score is empty with its interval', () => {
    const rows: Record<string, string>[] = parse(figuresCsv(kecamatan), { columns: true, bom: true })
    expect(rows.map(({ unit }) => unit)).toEqual(['16 Ilir', '18 Ilir', 'Sei Pangeran'])
    expect(rows[0]).toMatchObject({
      week: '2026-11-16',
      service_score: '54.0',
      service_lower80: '46.0',
      service_band: 'needs_support',
      cases_overdue: '2',
      help_wanted: expect.stringContaining('cases_overdue:2'),
    })
    expect(rows[2]).toMatchObject({ service_score: '', service_lower80: '', service_band: 'not_enough_data' })
  })

  it.each(['=1+1', '+62', '-2', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|x', '＝1'])('never run %j', (name) => {
    expect(csvCell(name)).toMatch(/^"'/)
  })

  it('come back as they were, whatever a unit is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const [first] = kecamatan.units
        if (first === undefined) return expect.unreachable()
        const rows: string[][] = parse(figuresCsv({ week: kecamatan.week, units: [{ ...first, name }] }), {
          bom: true,
          record_delimiter: '\r\n',
        })
        const cell = rows[1]?.[2] ?? ''
        expect(cell === name || cell === `'${name}`).toBe(true)
        expect(cell).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u)
      }),
    )
  })
})
