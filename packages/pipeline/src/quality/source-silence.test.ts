import { addDays, isoWeekday } from '@bina/domain/plain-date'
import { describe, expect, it } from 'vitest'
import { at, calendar, cityProfile, zone } from '../fold/test-city.ts'
import { SLOT_MS, silencesOf } from './source-silence.ts'

const city = { zone, cityProfile, calendar }
const wallTime = (ms: number) => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** Half hours in which something came in, from 1 June on: by date and half hours of the day. */
function arrivals(until: string, timesOf: (date: string) => readonly string[]): readonly number[] {
  const slots: number[] = []
  for (let date = '2026-06-01'; date <= until; date = addDays(date, 1))
    for (const time of timesOf(date)) slots.push(Math.floor(at(`${date} ${time}`) / SLOT_MS) * SLOT_MS)
  return [...new Set(slots)].sort((a, b) => a - b)
}
const isWeekend = (date: string) => isoWeekday(date) > 5
/** A terminal: people come between 07:10 and 07:40 and go about 16:10, Mondays to Fridays. */
const clockRecords = (date: string) => (isWeekend(date) ? [] : ['07:10', '07:40', '16:10'])
const told = (slots: readonly number[], fromDay: string, now: string) =>
  silencesOf(slots, city, fromDay, at(now)).map(
    ({ day, lastArrivalMs, foundAtMs }) => `${day}: since ${wallTime(lastArrivalMs)}, found ${wallTime(foundAtMs)}`,
  )

describe('a source with daily clock records', () => {
  it('that goes silent on a working morning is found that morning', () => {
    const slots = arrivals('2026-07-21', clockRecords)
    expect(told(slots, '2026-07-01', '2026-07-22 08:29')).toEqual([])
    expect(told(slots, '2026-07-01', '2026-07-22 09:00')).toEqual([
      '2026-07-22: since 2026-07-21 16:00, found 2026-07-22 08:30',
    ])
  })

  it('that goes silent after the morning is found when nobody goes home', () => {
    const slots = arrivals('2026-07-22', (date) => (date === '2026-07-22' ? ['07:10', '07:40'] : clockRecords(date)))
    expect(told(slots, '2026-07-20', '2026-07-22 23:59')).toEqual([
      '2026-07-22: since 2026-07-22 07:30, found 2026-07-22 17:30',
    ])
  })

  it('is not silent over a weekend, a Monday off, nor on the working morning after it', () => {
    // Monday 17 August is a holiday.
    const slots = arrivals('2026-08-18', (date) => (date === '2026-08-17' ? [] : clockRecords(date)))
    expect(told(slots, '2026-07-01', '2026-08-18 12:00')).toEqual([])
    expect(told(arrivals('2026-08-14', clockRecords), '2026-07-01', '2026-08-17 23:00')).toEqual([])
  })

  it('is silent on each working day until it is heard of again, however long that takes, and found at once the next time', () => {
    const gone = (date: string) => date >= '2026-07-06' && date <= '2026-07-14'
    const slots = arrivals('2026-07-21', (date) => (gone(date) ? [] : clockRecords(date)))
    expect(told(slots, '2026-07-01', '2026-07-21 18:00').map((line) => line.slice(0, 10))).toEqual([
      ...['2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09', '2026-07-10'],
      ...['2026-07-13', '2026-07-14', '2026-07-15'],
    ])
    const again = arrivals('2026-07-21', (date) => (gone(date) ? [] : clockRecords(date)))
    expect(told(again, '2026-07-22', '2026-07-22 12:00')).toEqual([
      '2026-07-22: since 2026-07-21 16:00, found 2026-07-22 08:30',
    ])
    expect(told(arrivals('2026-07-03', clockRecords), '2026-07-31', '2026-08-31 18:00')).toHaveLength(1)
  })

  it('that went silent a day ago and sent it all later under its own time was never silent', () => {
    const whole = arrivals('2026-07-22', clockRecords)
    expect(told(whole, '2026-07-01', '2026-07-22 23:00')).toEqual([])
  })

  it('is not judged in its first two weeks, nor by one import alone', () => {
    expect(told(arrivals('2026-06-11', clockRecords), '2026-06-01', '2026-06-12 18:00')).toEqual([])
    expect(told(arrivals('2026-06-12', clockRecords), '2026-06-01', '2026-06-15 18:00')).toHaveLength(1)
    expect(told([at('2026-06-01 10:00')], '2026-06-01', '2026-08-31 18:00')).toEqual([])
  })
})

describe('a source with habits of its own', () => {
  it('that sends once a night is silent on the day after a night without', () => {
    const nightly = (date: string) => (isWeekend(date) ? [] : ['23:10'])
    expect(told(arrivals('2026-07-21', nightly), '2026-07-01', '2026-07-22 22:00')).toEqual([])
    const slots = arrivals('2026-07-21', nightly)
    expect(told(slots, '2026-07-01', '2026-07-23 18:00')).toEqual([
      '2026-07-23: since 2026-07-21 23:00, found 2026-07-23 01:00',
    ])
  })

  it('that sends now and then is not silent for a quiet day', () => {
    // Two complaints a day on average, at any hour from 08:00 to 20:00 of any day, for a year of working days.
    let state = 7
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    const sporadic = () =>
      Array.from({ length: 24 }, (_, half) => half).flatMap((half) =>
        random() < 2 / 24
          ? [`${String(8 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`]
          : [],
      )
    const slots = arrivals('2026-12-31', sporadic)
    const days = silencesOf(slots, city, '2026-07-01', at('2026-12-31 23:59'))
    expect(days.length).toBeLessThanOrEqual(2)
  })
})
