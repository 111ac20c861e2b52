import { describe, expect, it } from 'vitest'
import { at, zone } from '../fold/test-city.ts'
import { event, PERSON } from '../fold/test-events.ts'
import { entitiesMovedByDirectory } from './directory-moves.ts'

const nowMs = at('2026-07-15 10:00')
const roster = (validFrom: string) =>
  event('bina.directory.staff.v1', `2026-07-01 08:00`, {
    personKey: PERSON,
    unitId: 'A',
    scheduleProfile: 'office_5d',
    validFrom,
  })
const datesMoved = (...validFrom: readonly string[]) =>
  entitiesMovedByDirectory(PERSON, validFrom.map(roster), zone, nowMs).map((entity) => entity.split('|')[2])

describe('the person-days that a roster moves', () => {
  it('are all from the earliest entry to the last that has ended', () => {
    expect(datesMoved('2026-07-13', '2026-07-11')).toEqual(['2026-07-11', '2026-07-12', '2026-07-13', '2026-07-14'])
  })

  it('are none for an entry that begins today, and none without an entry', () => {
    expect(datesMoved('2026-07-15')).toEqual([])
    expect(datesMoved()).toEqual([])
  })

  it('go back thirteen months at most, whatever the roster says', () => {
    const dates = datesMoved('1970-01-01')
    expect([dates[0], dates.at(-1), dates.length]).toEqual(['2025-06-09', '2026-07-14', 401])
  })
})
