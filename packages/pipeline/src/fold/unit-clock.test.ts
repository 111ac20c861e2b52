import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, calendar, zone } from './test-city.ts'
import { createUnitClock, instantWorked, type Span, withoutStops, workedMsIn } from './unit-clock.ts'

const MINUTE = 60_000
const clock = createUnitClock({ calendar, zone }, 'office_5d')
const july = fc.integer({ min: at('2026-07-01'), max: at('2026-07-31') })

describe('a unit’s clock', () => {
  it.each([
    ['a Monday is 450 minutes at work', '2026-07-06 00:00', '2026-07-07 00:00', 450],
    ['a break is no work', '2026-07-06 11:30', '2026-07-06 13:30', 60],
    ['a weekend is no work', '2026-07-10 16:30', '2026-07-13 07:30', 0],
    ['a night is no work', '2026-07-06 15:50', '2026-07-07 07:40', 20],
    ['a holiday is no work', '2026-08-16 00:00', '2026-08-18 00:00', 0],
    ['a week is 37.5 hours', '2026-07-06 00:00', '2026-07-13 00:00', 2250],
  ])('%s', (_, from, to, minutes) => {
    expect(clock.workedMs(at(from), at(to))).toBe(minutes * MINUTE)
  })

  it('counts to the millisecond', () => {
    expect(clock.workedMs(at('2026-07-06 15:59:30'), at('2026-07-07 07:30:15'))).toBe(45_000)
  })

  it('never runs backwards', () => {
    expect(clock.workedMs(at('2026-07-07 12:00'), at('2026-07-06 12:00'))).toBe(0)
  })

  it('agrees with the calendar, whose minutes are the same rounded down', () => {
    fc.assert(
      fc.property(july, july, (a, b) => {
        for (const profile of ['office_5d', 'night'])
          expect(Math.floor(createUnitClock({ calendar, zone }, profile).workedMs(a, b) / MINUTE)).toBe(
            calendar.workingMinutes(profile, a, b),
          )
      }),
    )
  })

  it('adds up wherever a span is cut', () => {
    fc.assert(
      fc.property(fc.tuple(july, july, july), (instants) => {
        const [a = 0, b = 0, c = 0] = instants.toSorted((x, y) => x - y)
        expect(clock.workedMs(a, b) + clock.workedMs(b, c)).toBe(clock.workedMs(a, c))
      }),
    )
  })

  it('finds the first instant at which so much has been worked', () => {
    fc.assert(
      fc.property(july, fc.integer({ min: 1, max: 3000 * MINUTE }), (from, workMs) => {
        const reached = clock.afterWork(from, workMs)
        expect(clock.workedMs(from, reached)).toBe(workMs)
        expect(clock.workedMs(from, reached - 1)).toBeLessThan(workMs)
      }),
    )
  })

  it('needs no time for no work', () => {
    expect(clock.afterWork(at('2026-07-11 03:00'), 0)).toBe(at('2026-07-11 03:00'))
  })
})

describe('a clock that is stopped', () => {
  const span = (from: number, length: number): Span => ({ fromMs: from, toMs: from + length })
  const spans = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 }))
      .map(([from, length]) => span(from, length)),
    { maxLength: 5 },
  )

  it('runs in just those moments of the span that no stop covers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), spans, (from, length, stops) => {
        const covers = (one: Span, moment: number) => one.fromMs <= moment && moment < one.toMs
        const running = withoutStops(span(from, length), stops)
        for (let moment = 0; moment < 60; moment++) {
          const runs = covers(span(from, length), moment) && !stops.some((stop) => covers(stop, moment))
          expect(running.filter((piece) => covers(piece, moment)).length).toBe(runs ? 1 : 0)
        }
        expect(running.every(({ fromMs, toMs }) => fromMs < toMs)).toBe(true)
      }),
    )
  })

  it('rounds minutes once, not in every piece', () => {
    const pieces = withoutStops({ fromMs: at('2026-07-06 08:00'), toMs: at('2026-07-06 09:00') }, [
      { fromMs: at('2026-07-06 08:10:30'), toMs: at('2026-07-06 08:40:30') },
    ])
    expect(workedMsIn(clock, pieces, at('2026-07-06 09:00'))).toBe(30 * MINUTE)
  })

  it('reaches an amount of work in the pieces, or never', () => {
    const pieces = withoutStops({ fromMs: at('2026-07-06 08:00'), toMs: Number.POSITIVE_INFINITY }, [
      { fromMs: at('2026-07-06 09:00'), toMs: at('2026-07-07 09:00') },
    ])
    expect(instantWorked(clock, pieces, 60 * MINUTE)).toBe(at('2026-07-06 09:00'))
    expect(instantWorked(clock, pieces, 90 * MINUTE)).toBe(at('2026-07-07 09:30'))
    expect(instantWorked(clock, pieces.slice(0, 1), 61 * MINUTE)).toBeUndefined()
  })

  it('reaches an amount of work at the first instant at which it has been worked', () => {
    const from = at('2026-07-06')
    const piece = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 30 }))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), fc.integer({ min: 1, max: 4000 }), (stopHours, minutes) => {
        const hour = 60 * MINUTE
        const stops = stopHours.map(([start, length]) => span(from + start * 12 * hour, length * hour))
        const pieces = withoutStops({ fromMs: from, toMs: Number.POSITIVE_INFINITY }, stops)
        const reached = instantWorked(clock, pieces, minutes * MINUTE) ?? 0
        expect(workedMsIn(clock, pieces, reached)).toBe(minutes * MINUTE)
        expect(workedMsIn(clock, pieces, reached - 1)).toBeLessThan(minutes * MINUTE)
      }),
    )
  })
})
