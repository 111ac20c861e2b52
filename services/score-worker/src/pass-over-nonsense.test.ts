import { decodeTouchedUnits } from '@bina/pipeline/score/touched-message'
import { expect, it } from 'vitest'
import { createPassOverNonsense } from './pass-over-nonsense.ts'

it('says where nonsense stands on an internal topic and how much of it there is, and goes on with the rest', () => {
  const counted: number[] = []
  const warned: unknown[] = []
  const passOver = createPassOverNonsense({
    decode: decodeTouchedUnits,
    count: (entries) => void counted.push(entries),
    log: { warn: (context: unknown) => void warned.push(context) },
  })
  const unit = { unitId: 'u', fromWeek: '2026-07-06', toWeek: '2026-07-13' }
  const at = { topic: 'bina.touched-unit.v1', partition: 3 }
  const said = passOver([
    { ...at, offset: 7, value: Buffer.from(JSON.stringify([unit])) },
    { ...at, offset: 8, value: Buffer.from(JSON.stringify([unit, 'u', null])) },
    { ...at, offset: 9, value: null },
  ])
  expect(said).toEqual([[unit], [unit], []])
  expect(counted).toEqual([2, 1])
  expect(warned).toEqual([
    { ...at, offset: 8, entries: 2 },
    { ...at, offset: 9, entries: 1 },
  ])
})
