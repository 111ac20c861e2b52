import { expect, it } from 'vitest'
import { at } from '../fold/test-city.ts'
import { event } from '../fold/test-events.ts'
import { everAbove } from './ever-above.ts'
import { createTestLog } from './test-log.ts'

const unit = (unitId: string, parentUnitId?: string) =>
  event('bina.directory.unit.v1', '2026-01-01 00:00', {
    unitId,
    name: unitId,
    unitType: 'kelurahan',
    ...(parentUnitId === undefined ? {} : { parentUnitId }),
    headRole: 'Lurah',
    reportEmails: [],
    locale: 'id',
    scheduleProfile: 'office_5d',
    validFrom: '2026-01-01',
  })

it('finds what was ever above a unit, also by an entry that another has taken the place of', async () => {
  const wrong = unit('kel', 'wrong')
  const right = { ...unit('kel', 'kec'), supersedes: wrong.id, occurredAtMs: at('2026-02-01') }
  const { log } = createTestLog([wrong, right, unit('kec', 'city'), unit('city'), unit('other', 'kel')])
  expect([...(await everAbove(log, ['kel']))].sort()).toEqual(['city', 'kec', 'kel', 'wrong'])
})

it('ends at rings, and asks nothing of nobody', async () => {
  const { log, asked } = createTestLog([unit('A', 'B'), unit('B', 'A')])
  expect([...(await everAbove(log, ['A']))].sort()).toEqual(['A', 'B'])
  asked.length = 0
  expect(await everAbove(log, [])).toEqual([])
  expect(asked).toEqual([])
})
