import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDatedLookup, type Dated, entryInForce, firstGap, inForce, NotInForceError } from './dated.ts'
import { datedSchema } from './dated-schema.ts'

const entry = (validFrom: string, validTo: string | undefined, value: string) =>
  ({ validFrom, validTo, basis: 'a circular', status: 'in_force', value }) as const

const hours: Dated<string> = [
  entry('0001-01-01', undefined, 'usual'),
  { ...entry('2019-09-23', '2019-09-27', 'haze'), overlay: true },
  entry('2024-01-01', undefined, 'new'),
]

describe('dated rules', () => {
  it.each([
    ['2019-09-22', 'usual'],
    ['2019-09-23', 'haze'],
    ['2019-09-27', 'haze'],
    ['2019-09-28', 'usual'],
    ['2023-12-31', 'usual'],
    ['2024-01-01', 'new'],
  ])('on %s the %s rule holds: a temporary one lies over the standing one and both its ends count', (date, value) => {
    expect(inForce(hours, date)).toBe(value)
  })

  it('hold whatever their order in the file', () => {
    expect(inForce([...hours].reverse(), '2019-09-25')).toBe('haze')
  })

  it('say so when none holds', () => {
    expect(entryInForce(hours.slice(1), '2018-01-01')).toBeUndefined()
    expect(() => inForce(hours.slice(1), '2018-01-01')).toThrow(NotInForceError)
  })

  it('show the first day without a rule', () => {
    expect(firstGap(hours)).toBeUndefined()
    expect(firstGap(hours.slice(1))).toBe('0001-01-01')
    expect(firstGap([entry('0001-01-01', '2024-12-31', 'a'), entry('2025-01-01', undefined, 'b')])).toBeUndefined()
    expect(firstGap([entry('0001-01-01', '2024-12-31', 'a'), entry('2025-01-02', undefined, 'b')])).toBe('2025-01-01')
    expect(firstGap([entry('0001-01-01', '2024-12-31', 'a')])).toBe('2025-01-01')
    expect(firstGap([entry('0001-01-01', '9999-12-31', 'a')])).toBeUndefined()
  })

  it('are refused in a file when two begin together, one ends before it begins, or a day is left out', () => {
    const parsed = datedSchema(z.string(), 'every_day').safeParse([
      entry('2020-01-01', '2019-01-01', 'a'),
      entry('2020-01-01', undefined, 'b'),
    ])
    expect(parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
      '0.validTo: ends before it begins (2020-01-01)',
      ': no entry is in force on 0001-01-01',
    ])
  })

  it('are refused when two hold on one day and neither is marked as lying over the other', () => {
    const problems = (entries: readonly object[]) =>
      datedSchema(z.string(), 'every_day')
        .safeParse(entries)
        .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message.replace(/:.*/, '')}`)
    const usual = entry('0001-01-01', '2023-12-31', 'usual')
    const after = entry('2024-01-01', undefined, 'new')
    const haze = { ...entry('2023-12-27', '2024-01-05', 'haze'), overlay: true }
    expect(problems([after, usual])).toBeUndefined()
    expect(problems([usual, haze, after])).toBeUndefined()
    expect(problems([usual, { ...haze, overlay: undefined }, after])).toEqual([
      '1.validFrom: overlaps the entry of 0001-01-01',
      '2.validFrom: overlaps the entry of 2023-12-27',
    ])
    expect(problems([{ ...usual, validTo: undefined }, after])).toEqual([
      '1.validFrom: overlaps the entry of 0001-01-01',
    ])
    expect(problems([usual, haze, { ...haze, validFrom: '2024-01-05' }, after])).toEqual([
      '2.validFrom: overlaps the entry of 2023-12-27',
    ])
    expect(problems([usual, after, { ...haze, validTo: undefined }])).toEqual(['2.validTo: an overlay is temporary'])
    expect(problems([{ ...usual, overlay: true }, after])).toEqual([': no entry is in force on 0001-01-01'])
  })

  it('give way to an overlay also where a new standing rule begins under it', () => {
    const haze = { ...entry('2023-12-27', '2024-01-05', 'haze'), overlay: true }
    const dated = [entry('0001-01-01', '2023-12-31', 'usual'), haze, entry('2024-01-01', undefined, 'new')]
    expect(['2023-12-26', '2024-01-01', '2024-01-05', '2024-01-06'].map((date) => inForce(dated, date))).toEqual([
      'usual',
      'haze',
      'haze',
      'new',
    ])
  })

  it('of several numbers are put together for a date, each by its own entries', () => {
    const on = createDatedLookup<{ hours: string; word: string }>({
      hours,
      word: [entry('2019-09-25', '2023-12-31', 'b'), entry('0001-01-01', '2023-12-31', 'a')],
    })
    expect(on('2019-09-24')).toEqual({ hours: 'haze', word: 'a' })
    expect(on('2019-09-25')).toEqual({ hours: 'haze', word: 'b' })
    expect(on('2019-09-28')).toEqual({ hours: 'usual', word: 'b' })
    expect(on('2020-05-05')).toBe(on('2021-06-06'))
    expect(() => on('2024-01-01')).toThrow('no entry of word is in force on 2024-01-01')
  })
})
