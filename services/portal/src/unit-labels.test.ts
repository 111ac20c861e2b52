import { expect, it } from 'vitest'
import { createUnitLabels } from './unit-labels.ts'

const labelsOver = (unit: () => Promise<{ readonly name: string; readonly unitType: string } | undefined>) => {
  const warned: unknown[] = []
  const log = { warn: (context: unknown) => void warned.push(context) } as never
  return { warned, label: createUnitLabels({ timeoutMs: 20 }, { names: { unit }, log }) }
}

it.each([
  [{ name: '26 Ilir', unitType: 'kelurahan' }, 'Kelurahan 26 Ilir'],
  [{ name: 'Kecamatan Bukit Kecil', unitType: 'kecamatan' }, 'Kecamatan Bukit Kecil'],
  [{ name: 'UPTD DLH Sako', unitType: 'upt' }, 'UPTD DLH Sako'],
  [undefined, '16.71.05'],
])('a unit is named as people name it: %j', async (unit, label) => {
  expect(await labelsOver(async () => unit).label('16.71.05')).toBe(label)
})

it('a page does not wait for a name, and shows the id where it cannot be asked for', async () => {
  const away = labelsOver(async () => {
    throw new Error('ClickHouse is away')
  })
  expect(await away.label('16.71.05')).toBe('16.71.05')
  const silent = labelsOver(() => new Promise(() => undefined))
  expect(await silent.label('16.71.05')).toBe('16.71.05')
  expect([...away.warned, ...silent.warned]).toHaveLength(2)
})
