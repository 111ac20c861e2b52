import { describe, expect, it } from 'vitest'
import type { ComplaintFold } from '../fold/complaint.ts'
import { at, zone } from '../fold/test-city.ts'
import { clock } from '../fold/test-events.ts'
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

  it('are worked out with those that begin about as long ago, the latest first, and among them unit by unit', () => {
    const touched = (unitId: string, fromWeek: string) => ({ unitId, fromWeek, toWeek: '9999-12-27' })
    const order = touchedWeeks.inTurn(
      [
        touched('D', '2026-07-13'),
        touched('B', '1970-01-05'),
        touched('C', '2026-06-22'),
        touched('A', '2026-06-29'),
        touched('B2', '2026-07-20'),
      ],
      '2026-07-13',
    )
    expect(order.map(({ unitId }) => unitId)).toEqual(['B2', 'D', 'A', 'C', 'B'])
  })
})
