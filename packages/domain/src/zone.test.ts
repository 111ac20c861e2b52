import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { dateOfDayNumber, dayNumberOf } from './plain-date.ts'
import { dateIn, instantOf, isZone, minuteOfDay, offsetMsAt } from './zone.ts'

const zones = fc.constantFrom(
  'Asia/Jakarta',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
)
const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2060, 0, 1) })
const days = fc.integer({ min: dayNumberOf('1970-01-02'), max: dayNumberOf('2059-12-31') })

const hour = (iso: string) => new Date(iso).getTime()

describe('the zone of a city', () => {
  it('gives the local date and minute that Temporal gives, in zones with and without daylight saving', () => {
    fc.assert(
      fc.property(zones, instants, (zone, instantMs) => {
        const local = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone)
        expect(dateIn(zone, instantMs)).toBe(local.toPlainDate().toString())
        expect(minuteOfDay(zone, instantMs)).toBe(local.hour * 60 + local.minute)
        expect(offsetMsAt(zone, instantMs)).toBe(local.offsetNanoseconds / 1e6)
      }),
      { numRuns: 2000 },
    )
  })

  it('gives the instant of a wall time that Temporal gives', () => {
    fc.assert(
      fc.property(zones, days, fc.integer({ min: 0, max: 1439 }), (zone, day, minute) => {
        const date = dateOfDayNumber(day)
        const time = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 })
        const expected = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time })
        expect(instantOf(zone, date, minute)).toBe(expected.epochMilliseconds)
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees with the formatter of the machine around every change of New York clocks', () => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'America/New_York',
      hourCycle: 'h23',
      dateStyle: 'short',
      timeStyle: 'short',
    })
    for (const change of ['2022-03-13T07:00Z', '2022-11-06T06:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z']) {
      for (let minute = -180; minute <= 180; minute += 15) {
        const instantMs = hour(change) + minute * 60_000 - (minute === 0 ? 1 : 0)
        const clock = minuteOfDay('America/New_York', instantMs)
        const text = `${String(Math.floor(clock / 60)).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}`
        expect(`${dateIn('America/New_York', instantMs)}, ${text}`).toBe(format.format(instantMs))
      }
    }
  })

  it('reads a wall time that the clock skips as the later instant, and one that it shows twice as the earlier', () => {
    expect(instantOf('America/New_York', '2026-03-08', 150)).toBe(hour('2026-03-08T07:30Z'))
    expect(instantOf('America/New_York', '2026-11-01', 90)).toBe(hour('2026-11-01T05:30Z'))
  })

  it('changes its offset with the very instant of the change, whichever side is asked first', () => {
    const change = hour('2026-03-29T01:00Z')
    expect(offsetMsAt('Europe/Paris', change) / 3_600_000).toBe(2)
    expect(offsetMsAt('Europe/Paris', change - 1) / 3_600_000).toBe(1)
    expect(offsetMsAt('Europe/Rome', change - 1) / 3_600_000).toBe(1)
    expect(offsetMsAt('Europe/Rome', change) / 3_600_000).toBe(2)
  })

  it('reads minute 1440 as the next midnight', () => {
    expect(instantOf('Asia/Jakarta', '2026-12-31', 1440)).toBe(instantOf('Asia/Jakarta', '2027-01-01', 0))
  })

  it('says which zones it does not know', () => {
    expect(isZone('Asia/Jakarta')).toBe(true)
    expect(isZone('Asia/Palembang')).toBe(false)
    expect(() => dateIn('Asia/Palembang', 0)).toThrow(RangeError)
    expect(() => dateIn('Asia/Jakarta', Number.NaN)).toThrow(RangeError)
  })
})
