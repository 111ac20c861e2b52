import { describe, expect, it } from 'vitest'
import { chanceToMeetAbsence, checksToClaim, jeffreysInterval, wilsonInterval } from './share-intervals.ts'

describe('what a few random checks say', () => {
  it.each([
    [10, 10, [0.7225, 1], [0.7828, 1]],
    [9, 10, [0.5958, 0.9821], [0.6187, 0.989]],
    [18, 20, [0.699, 0.9721], [0.7161, 0.9786]],
    [57, 60, [0.863, 0.9829], [0.8726, 0.9857]],
  ])('%i of %i confirmed has the intervals of Wilson and Jeffreys', (confirmed, checks, wilson, jeffreys) => {
    const rounded = ({ lower, upper }: { lower: number; upper: number }) => [lower, upper].map((end) => end.toFixed(4))
    expect(rounded(wilsonInterval(confirmed, checks))).toEqual(wilson.map((end) => end.toFixed(4)))
    expect(rounded(jeffreysInterval(confirmed, checks))).toEqual(jeffreys.map((end) => end.toFixed(4)))
  })

  it('none of ten is the mirror of ten of ten', () => {
    expect(wilsonInterval(0, 10).upper).toBeCloseTo(1 - wilsonInterval(10, 10).lower, 10)
    expect(jeffreysInterval(0, 10).upper).toBeCloseTo(1 - jeffreysInterval(10, 10).lower, 6)
    expect(jeffreysInterval(0, 10).lower).toBe(0)
  })

  it('no check at all says nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual({ lower: 0, upper: 1 })
    expect(jeffreysInterval(0, 0)).toEqual({ lower: 0, upper: 1 })
  })

  it('it takes 59 of 59 to claim that 95 % are at their post', () => {
    expect(checksToClaim(0.95)).toBe(59)
    expect(0.95 ** 58).toBeGreaterThan(0.05)
    expect(checksToClaim(0.5, 0.75)).toBe(2)
  })

  it('when a fifth is absent four calls meet an absence with 59 %, eight with 83 %', () => {
    expect(chanceToMeetAbsence(4, 0.2)).toBeCloseTo(0.5904, 4)
    expect(chanceToMeetAbsence(8, 0.2)).toBeCloseTo(0.8322, 4)
  })

  it('more confirmed than checks is nobody’s count', () => {
    expect(() => wilsonInterval(3, 2)).toThrow(RangeError)
    expect(() => jeffreysInterval(-1, 2)).toThrow(RangeError)
    expect(() => checksToClaim(1)).toThrow(RangeError)
  })
})
