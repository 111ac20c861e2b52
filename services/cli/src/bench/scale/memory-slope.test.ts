import { describe, expect, it } from 'vitest'
import { residentBytesIn, slopeOf } from './memory-slope.ts'

describe("a worker's memory", () => {
  it('is read where Linux tells it', () => {
    expect(residentBytesIn('Name:\tnode\nVmPeak:\t  900 kB\nVmRSS:\t  2048 kB\nThreads:\t11\n')).toBe(2_097_152)
    expect(residentBytesIn('Name:\tkthreadd\n')).toBeUndefined()
  })

  it('that grows by three megabytes a minute has that slope, whatever it did in the first third', () => {
    const grows = Array.from({ length: 30 }, (_, minutes) => ({
      minutes,
      bytes: (minutes < 9 ? 900 : 100 + 3 * minutes) * 1e6,
    }))
    expect(slopeOf(grows, 20)).toBeCloseTo(3, 6)
    expect(slopeOf(grows, 30)).toBeLessThan(0)
  })
})
