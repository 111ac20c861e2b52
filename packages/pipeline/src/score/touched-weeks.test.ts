import { describe, expect, it } from 'vitest'
import type { ComplaintFold } from '../fold/complaint.ts'
import { at, zone } from '../fold/test-city.ts'
import { clock } from '../fold/test-events.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'
import { touchedWeeks } from './touched-weeks.ts'

const named = (unitsEverNamed: readonly string[]): ComplaintFold =>
  ({ row: undefined, unitsEverNamed, nextChangeAtMs: undefined }) as ComplaintFold

describe('the weeks that a fact moves', () => {
  it('are, for a person-day, its own and the three after, of every unit that was ever named', () => {
    expect(touchedWeeks.ofDay('2026-07-12', ['A', 'B'])).toEqual([
      { unitId: 'A', fromWeek: '2026-07-06', toWeek: '2026-07-27' },
      { unitId: 'B', fromWeek: '2026-07-06', toWeek: '2026-07-27' },
    ])
  })

  it('are, over the end of a year, weeks all the same', () => {
    expect(touchedWeeks.ofDay('2027-01-03', ['A'])).toEqual([
      { unitId: 'A', fromWeek: '2026-12-28', toWeek: '2027-01-18' },
    ])
  })

  it('are, for a complaint, all from its earliest event on, by the date in the city', () => {
    // 23:30 of Sunday in the city is still Sunday, though UTC and the city differ.
    const events = [clock('in', '2026-07-14 08:00'), clock('in', '2026-07-12 23:30'), clock('in', '2026-07-13 00:30')]
    expect(touchedWeeks.ofComplaint(zone, events, named(['A']))).toEqual([
      { unitId: 'A', fromWeek: '2026-07-06', toWeek: '9999-12-27' },
    ])
    expect(touchedWeeks.ofComplaint(zone, [clock('in', '2026-07-13 00:30')], named(['A']))[0]?.fromWeek).toBe(
      '2026-07-13',
    )
  })

  it('are none for a complaint of which no event is known', () => {
    expect(touchedWeeks.ofComplaint(zone, [], named(['A']))).toEqual([])
  })

  it('are, for a directory entry, all until the one that runs in the city', () => {
    expect(touchedWeeks.ofUnit(zone, 'A', at('2026-07-13 00:30'))).toEqual([
      { unitId: 'A', fromWeek: '1970-01-05', toWeek: '2026-07-13' },
    ])
    expect(touchedWeeks.ofUnit(zone, 'A', at('2026-07-12 23:30'))[0]?.toWeek).toBe('2026-07-06')
  })

  it('of one unit are joined from the earliest to the latest, and no unit is lost', () => {
    expect(
      touchedWeeks.joined([
        { unitId: 'A', fromWeek: '2026-07-06', toWeek: '2026-07-13' },
        { unitId: 'B', fromWeek: '2026-05-04', toWeek: '2026-05-04' },
        { unitId: 'A', fromWeek: '2026-06-01', toWeek: '2026-06-22' },
      ]),
    ).toEqual([
      { unitId: 'A', fromWeek: '2026-06-01', toWeek: '2026-07-13' },
      { unitId: 'B', fromWeek: '2026-05-04', toWeek: '2026-05-04' },
    ])
  })

  describe('are worked out in turn', () => {
    const touched = (unitId: string, fromWeek: string) => ({ unitId, fromWeek, toWeek: '9999-12-27' })
    const many = (count: number, fromWeek: string) =>
      Array.from({ length: count }, (_, at) => touched(`${fromWeek} ${String(at).padStart(3, '0')}`, fromWeek))
    const inTurn = (units: readonly TouchedUnit[], atOnce = 200) =>
      touchedWeeks
        .inTurn(units, { currentWeek: '2026-07-13', atOnce })
        .map((group) => group.map(({ unitId }) => unitId))

    it('with those that begin about as long ago, the latest first, and among them unit by unit', () => {
      const units = [touched('C', '2026-06-22'), touched('A', '2026-06-29'), touched('D', '2026-07-13')]
      expect(inTurn([...units, touched('B', '2026-07-20')])).toEqual([['B', 'D', 'A', 'C']])
      expect(inTurn(units, 2)).toEqual([['D', 'A'], ['C']])
    })

    it('and fewer at once over years, which are in memory together', () => {
      expect(inTurn(many(250, '2026-07-13')).map(({ length }) => length)).toEqual([200, 50])
      expect(inTurn(many(100, '1970-01-05')).map(({ length }) => length)).toEqual([64, 36])
    })

    it('and by themselves where they would make many others count long ago, though not for a few', () => {
      const old = touched('old', '2026-01-12')
      expect(inTurn([old, ...many(100, '2026-07-13')])).toEqual([
        many(100, '2026-07-13').map(({ unitId }) => unitId),
        ['old'],
      ])
      expect(inTurn([old, ...many(5, '2026-07-13')])).toHaveLength(1)
      // One week more, also where it makes a doubling.
      expect(inTurn([touched('old', '2026-05-18'), ...many(150, '2026-05-25')])).toHaveLength(1)
    })
  })
})
