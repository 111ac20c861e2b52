import { describe, expect, it } from 'vitest'
import { dayEntity, entityOf, parseEntity } from './entity.ts'
import { zone } from './test-city.ts'
import { assigned, clock, event, rated, spotCheck, statusSet, withdrawal } from './test-events.ts'

describe('the entity of an event', () => {
  it.each([
    [
      'a clock-in belongs to its work date, not to the date of the clock',
      clock('in', '2026-07-07 00:30', { workDate: '2026-07-06' }),
      'day|p-0123456789|2026-07-06',
    ],
    [
      'a status belongs to its work date, however late it comes',
      statusSet('2026-07-20 10:00', { workDate: '2026-07-06' }),
      'day|p-0123456789|2026-07-06',
    ],
    [
      'a spot check belongs to the date of its time in the city',
      spotCheck('2026-07-06 00:10', 'confirmed'),
      'day|p-0123456789|2026-07-06',
    ],
    ['an assignment belongs to its complaint', assigned('2026-07-06 09:00', 'A'), 'complaint|c-1'],
    ['a rating belongs to its complaint', rated('2026-07-06 09:00', 'A', { time: 4 }), 'complaint|c-1'],
    ['a withdrawal belongs to the withdrawals', withdrawal('2026-07-06 09:00', 'x'), 'withdrawal'],
    [
      'coaching belongs to the unit that is coached',
      event('bina.coaching.action-done.v1', '2026-07-06 09:00', { actionId: 'a', unitId: 'upt:pasar' }),
      'coaching|upt:pasar',
    ],
    [
      'a roster entry belongs to the person',
      event('bina.directory.staff.v1', '2026-07-06 09:00', {
        personKey: 'p-1',
        unitId: 'A',
        scheduleProfile: 'office_5d',
        validFrom: '2026-01-01',
      }),
      'staff|p-1',
    ],
    [
      'a unit’s entry belongs to the unit',
      event('bina.directory.unit.v1', '2026-07-06 09:00', {
        unitId: '16.71.05',
        name: 'Ilir Timur I',
        unitType: 'kecamatan',
        headRole: 'Camat',
        reportEmails: [],
        locale: 'id',
        scheduleProfile: 'office_5d',
        validFrom: '2026-01-01',
      }),
      'unit|16.71.05',
    ],
  ])('%s', (_, known, entity) => {
    expect(entityOf(known, zone)).toBe(entity)
  })

  it.each([
    ['day|p-0123456789|2026-07-06', { kind: 'day', personKey: 'p-0123456789', workDate: '2026-07-06' }],
    ['complaint|SP4N/2026:1', { kind: 'complaint', complaintId: 'SP4N/2026:1' }],
    ['unit|16.71.05.1003', { kind: 'unit', unitId: '16.71.05.1003' }],
    ['staff|p-0123456789', { kind: 'staff', personKey: 'p-0123456789' }],
    ['coaching|upt:pasar', { kind: 'coaching', unitId: 'upt:pasar' }],
    ['withdrawal', { kind: 'withdrawal' }],
  ])('%s is read back', (text, entity) => {
    expect(parseEntity(text)).toEqual(entity)
  })

  it.each([
    '',
    'day',
    'day|p',
    'day|p|2026-02-30',
    'day||2026-07-06',
    'day|p|2026-07-06|x',
    'complaint|',
    'complaint|a|b',
    'withdrawal|x',
    'person|p',
  ])('%j is no entity', (text) => {
    expect(parseEntity(text)).toBeUndefined()
  })

  it('reads back what it writes', () => {
    const text = dayEntity('p-0123456789', '2026-07-06')
    expect(parseEntity(text)).toEqual({ kind: 'day', personKey: 'p-0123456789', workDate: '2026-07-06' })
  })
})
