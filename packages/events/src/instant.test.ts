import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInstant } from './instant.ts'

test.each([
  ['1970-01-01T00:00:00Z', 0],
  ['2026-11-20T08:30:00+07:00', Date.UTC(2026, 10, 20, 1, 30)],
  ['2026-11-20T08:30:00-03:30', Date.UTC(2026, 10, 20, 12, 0)],
  ['2026-01-01T00:15:00+08:00', Date.UTC(2025, 11, 31, 16, 15)],
  ['2024-02-29T23:59:59.9Z', Date.UTC(2024, 1, 29, 23, 59, 59, 900)],
  ['2026-11-20T08:30:00.01Z', Date.UTC(2026, 10, 20, 8, 30, 0, 10)],
  ['2026-11-20T08:30:00.0019999Z', Date.UTC(2026, 10, 20, 8, 30, 0, 1)],
  ['2026-11-20T08:30:00.5+07:00', Date.UTC(2026, 10, 20, 1, 30, 0, 500)],
  ['1969-12-31T23:00:00-02:00', Date.UTC(1970, 0, 1, 1)],
])('%s is read to the millisecond', (text, instantMs) => {
  expect(parseInstant(text)).toBe(instantMs)
})

test('a leap second is the last millisecond of its day', () => {
  expect(parseInstant('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1) - 1)
  expect(parseInstant('2016-12-31T23:59:60.75Z')).toBe(Date.UTC(2017, 0, 1) - 1)
  expect(parseInstant('2017-01-01T06:59:60+07:00')).toBe(Date.UTC(2017, 0, 1) - 1)
})

test('any instant from 1970 to 9999, written in any zone, is read back', () => {
  const latest = Date.UTC(9999, 11, 30)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: latest }), fc.integer({ min: -1439, max: 1439 }), (instantMs, offset) => {
      const local = new Date(instantMs + offset * 60_000).toISOString().slice(0, -1)
      fc.pre(local.length === 23)
      const size = Math.abs(offset)
      const [hours, minutes] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'))
      expect(parseInstant(`${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`)).toBe(instantMs)
    }),
  )
})
