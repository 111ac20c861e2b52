import { describe, expect, it } from 'vitest'
import { countsIn, staleWeeks } from './counting-weeks.ts'

const zone = 'Asia/Jakarta'
const at = (text: string) => Date.parse(`${text}+07:00`)

describe('the weeks that count a fact', () => {
  it.each([
    ['2026-11-09', 'W1', true],
    ['2026-11-16', 'W1', false],
    ['2026-11-30', 'R4', true],
    ['2026-12-07', 'R4', false],
    ['2026-11-02', 'R4', false],
    ['2027-02-01', 'R13', true],
    ['2027-02-08', 'R13', false],
    ['2026-11-09', 'R99', false],
  ])('of the week of 9 November: is it in the row of %s over %s? %s', (week, window, counted) => {
    expect(countsIn('2026-11-09', { week, window })).toBe(counted)
  })
})

describe('the weeks in which a complaint is stale', () => {
  const now = { zone, nowMs: at('2026-11-25T12:00:00') }

  it('are those at whose cut-off the unit still holds it after its due', () => {
    const span = {
      fromMs: at('2026-10-26T09:00:00'),
      ownDueMs: at('2026-11-04T16:00:00'),
      toMs: at('2026-11-17T09:00:00'),
    }
    expect(staleWeeks(span, now)).toEqual(['2026-11-02', '2026-11-09'])
  })

  it('go on to the running week while nobody has taken it over', () => {
    const span = { fromMs: at('2026-10-26T09:00:00'), ownDueMs: at('2026-11-12T16:00:00'), toMs: null }
    expect(staleWeeks(span, now)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23'])
  })

  it('are none when it was handed on, or is not due before now', () => {
    const span = { fromMs: at('2026-10-26T09:00:00'), ownDueMs: at('2026-11-12T16:00:00') }
    expect(staleWeeks({ ...span, toMs: at('2026-11-13T16:00:00') }, now)).toEqual([])
    expect(staleWeeks({ ...span, ownDueMs: at('2026-11-25T16:00:00'), toMs: null }, now)).toEqual([])
  })
})
