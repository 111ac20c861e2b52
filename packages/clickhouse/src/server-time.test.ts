import { expect, test } from 'vitest'
import { microsecondsOf } from './server-time.ts'

test('a time of the server is told to the microsecond, with as many decimals as are there', () => {
  const second = Date.parse('2026-07-20T03:04:05Z') * 1000
  expect(microsecondsOf('2026-07-20 03:04:05.000007')).toBe(second + 7)
  expect(microsecondsOf('2026-07-20 03:04:05.999999')).toBe(second + 999_999)
  expect(microsecondsOf('2026-07-20 03:04:05.12')).toBe(second + 120_000)
  expect(microsecondsOf('2026-07-20 03:04:05')).toBe(second)
})

test('what is no time is no row either', () => {
  expect(() => microsecondsOf('')).toThrow('is no time of the server')
  expect(() => microsecondsOf('yesterday')).toThrow('is no time of the server')
})
