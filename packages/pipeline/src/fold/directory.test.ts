import type { EventData } from '@bina/events/service-event'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rosterOn, staffVersions, unitOn, unitVersions } from './directory.ts'
import { clock, event, PERSON } from './test-events.ts'

type Staff = EventData['bina.directory.staff.v1']

const roster = (
  wallTime: string,
  unitId: string,
  validFrom: string,
  validTo?: string,
  id = `${unitId} ${wallTime}`,
) => {
  const data: Staff = {
    personKey: PERSON,
    unitId,
    scheduleProfile: 'office_5d',
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  }
  return event('bina.directory.staff.v1', wallTime, data, { id })
}

const unit = (wallTime: string, name: string, validFrom: string, validTo?: string) =>
  event('bina.directory.unit.v1', wallTime, {
    unitId: 'A',
    name,
    unitType: 'kelurahan',
    headRole: 'Lurah',
    reportEmails: [],
    locale: 'id',
    scheduleProfile: 'office_5d',
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  })

describe('the roster', () => {
  const moved = staffVersions([
    roster('2026-01-02 08:00', 'A', '2026-01-05'),
    roster('2026-06-20 08:00', 'B', '2026-07-01'),
  ])

  it.each([
    ['before the first day nobody has the person', '2026-01-04', undefined],
    ['on the first day the unit has the person', '2026-01-05', 'A'],
    ['until the day before the move the old unit has the person', '2026-06-30', 'A'],
    ['from the day of the move the new unit has the person', '2026-07-01', 'B'],
  ])('%s', (_, date, unitId) => {
    expect(rosterOn(moved, date)?.unitId).toBe(unitId)
  })

  it('counts `validTo` as the last day', () => {
    const versions = staffVersions([roster('2026-01-02 08:00', 'A', '2026-01-05', '2026-07-10')])
    expect(rosterOn(versions, '2026-07-10')?.unitId).toBe('A')
    expect(rosterOn(versions, '2026-07-11')).toBeUndefined()
  })

  it('leaves a gap when the newest version has ended, although an older one knew no end', () => {
    const versions = staffVersions([
      roster('2026-01-02 08:00', 'A', '2026-01-05'),
      roster('2026-06-20 08:00', 'B', '2026-07-01', '2026-07-10'),
    ])
    expect(rosterOn(versions, '2026-07-11')).toBeUndefined()
  })

  it('takes the latest time of two versions from the same day, and the id when the times are equal too', () => {
    const said = roster('2026-01-02 08:00', 'A', '2026-01-05', undefined, 'x')
    const corrected = roster('2026-01-03 08:00', 'B', '2026-01-05', undefined, 'a')
    const sameTime = roster('2026-01-03 08:00', 'C', '2026-01-05', undefined, 'b')
    expect(rosterOn(staffVersions([corrected, said]), '2026-02-01')?.unitId).toBe('B')
    expect(rosterOn(staffVersions([sameTime, corrected, said]), '2026-02-01')?.unitId).toBe('C')
  })

  it('prefers a later first day to a later message', () => {
    const versions = staffVersions([
      roster('2026-06-20 08:00', 'B', '2026-07-01'),
      roster('2026-07-05 08:00', 'A', '2026-01-05'),
    ])
    expect(rosterOn(versions, '2026-07-06')?.unitId).toBe('B')
  })

  it('is the same whatever order the versions come in', () => {
    const events = [
      roster('2026-01-02 08:00', 'A', '2026-01-05'),
      roster('2026-01-03 08:00', 'B', '2026-01-05', '2026-07-02'),
      roster('2026-06-20 08:00', 'C', '2026-07-01', '2026-07-08'),
      roster('2026-06-21 08:00', 'D', '2026-07-01'),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: 4 }), fc.integer({ min: 1, max: 31 }), (shuffled, day) => {
        const date = `2026-07-${String(day).padStart(2, '0')}`
        expect(rosterOn(staffVersions(shuffled), date)).toEqual(rosterOn(staffVersions(events), date))
      }),
    )
  })
})

describe('a unit in the directory', () => {
  it('ends when it is said again with a last day', () => {
    const versions = unitVersions([
      unit('2026-01-02 08:00', 'Kelurahan A', '2026-01-01'),
      unit('2026-07-02 08:00', 'Kelurahan A', '2026-01-01', '2026-07-31'),
    ])
    expect(unitOn(versions, '2026-07-31')?.name).toBe('Kelurahan A')
    expect(unitOn(versions, '2026-08-01')).toBeUndefined()
  })

  it('is renamed from a day on, and keeps its old name before', () => {
    const versions = unitVersions([
      unit('2026-06-02 08:00', 'Kelurahan A Baru', '2026-07-01'),
      unit('2026-01-02 08:00', 'Kelurahan A', '2026-01-01'),
    ])
    expect(unitOn(versions, '2026-06-30')?.name).toBe('Kelurahan A')
    expect(unitOn(versions, '2026-07-01')?.name).toBe('Kelurahan A Baru')
  })

  it('is made of directory events alone', () => {
    expect(unitVersions([clock('in', '2026-07-06 07:30')])).toEqual([])
    expect(staffVersions([clock('in', '2026-07-06 07:30')])).toEqual([])
  })
})
