import type { UnitVersion } from '@bina/pipeline/fold/directory'
import { describe, expect, it } from 'vitest'
import { unitRows } from './unit-rows.ts'

const unitId = '16.71.05.1003'
const readAt = '2026-11-24 08:00:00.000000'

const version = (validFrom: string, name: string, validTo?: string): UnitVersion => ({
  unitId,
  name,
  unitType: 'kelurahan',
  headRole: 'Lurah',
  reportEmails: [],
  locale: 'id',
  scheduleProfile: 'office_5d',
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
  source: '/directory',
  id: `${validFrom} ${name}`,
  occurredAtMs: 0,
})

const rowsOf = (versions: readonly UnitVersion[], everValidFrom = versions.map(({ validFrom }) => validFrom)) => [
  ...unitRows({ unitId, versions, everValidFrom }, readAt),
]

describe('the rows of a unit', () => {
  it('lay versions of before 1970 into one row, in which the latest stands whichever comes first', () => {
    const founded = version('1911-04-01', 'Gemeente')
    const renamed = version('1956-06-20', 'Kelurahan')
    for (const versions of [
      [founded, renamed],
      [renamed, founded],
    ])
      expect(rowsOf(versions)).toMatchObject([{ valid_from: '1970-01-01', name: 'Kelurahan', is_deleted: 0 }])
  })

  it('take no standing version of before 1970 back for another that is gone', () => {
    expect(rowsOf([version('1956-06-20', 'Kelurahan')], ['1956-06-20', '1911-04-01'])).toMatchObject([
      { valid_from: '1970-01-01', name: 'Kelurahan', is_deleted: 0 },
    ])
  })

  it('take back what no version names any more', () => {
    expect(rowsOf([version('2020-01-01', 'A')], ['2020-01-01', '2021-01-01', '1960-01-01'])).toMatchObject([
      { valid_from: '2020-01-01', is_deleted: 0 },
      { valid_from: '2021-01-01', is_deleted: 1 },
      { valid_from: '1970-01-01', is_deleted: 1 },
    ])
  })

  it('keep no unit alive on the first day of 1970 that ended before', () => {
    const rows = rowsOf([version('1911-04-01', 'Gemeente'), version('1950-01-01', 'Kota', '1969-12-31')])
    expect(rows).toMatchObject([{ valid_from: '1970-01-01', is_deleted: 1 }])
  })

  it('know no end after 2149, and lay what begins later on the last day that they can tell', () => {
    expect(rowsOf([version('2020-01-01', 'A', '9999-12-31')])).toMatchObject([{ valid_to: null }])
    expect(rowsOf([version('2020-01-01', 'A', '2149-06-06')])).toMatchObject([{ valid_to: '2149-06-06' }])
    expect(rowsOf([version('2150-01-01', 'B'), version('9999-01-01', 'C')])).toMatchObject([
      { valid_from: '2149-06-06', name: 'C' },
    ])
  })

  it('hold of two versions of one first day the later', () => {
    expect(rowsOf([version('2020-01-01', 'old'), version('2020-01-01', 'new')])).toMatchObject([{ name: 'new' }])
  })
})
