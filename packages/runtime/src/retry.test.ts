import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, retryForever } from './retry.ts'

const options = {
  firstDelayMs: 1,
  maxDelayMs: 4,
  isRetryable: (error: unknown) => error instanceof Error && error.message === 'away',
}

describe('the delay before a retry', () => {
  it('doubles up to its limit, and chance takes up to a quarter off', () => {
    expect([0, 1, 2, 3, 4].map((attempt) => backoffMs(attempt, 100, 1_000, () => 0))).toEqual([
      100, 200, 400, 800, 1_000,
    ])
    expect([0, 1, 2, 3, 4].map((attempt) => backoffMs(attempt, 100, 1_000, () => 1))).toEqual([75, 150, 300, 600, 750])
  })

  it('is never beyond its limit and never a quarter below, however often it was tried', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        (attempt, first, max) => {
          const full = Math.min(max, first * 2 ** Math.min(attempt, 30))
          const delay = backoffMs(attempt, first, max)
          expect(delay).toBeLessThanOrEqual(full)
          expect(delay).toBeGreaterThan(full * 0.75 - 1e-9)
        },
      ),
    )
  })
})

describe('what is tried again', () => {
  it('is tried until it works', async () => {
    const told: [number, boolean][] = []
    let calls = 0
    const onRetry = (_: unknown, attempt: number, delayMs: number) => void told.push([attempt, delayMs <= 4])
    const effect = async () => {
      if (++calls < 5) throw new Error('away')
      return 'there'
    }
    expect(await retryForever(effect, { ...options, onRetry })).toBe('there')
    expect(told).toEqual([1, 2, 3, 4].map((attempt) => [attempt, true]))
  })

  it('ends with an error that no waiting mends, as it is', async () => {
    let calls = 0
    const wrong = new Error('wrong password')
    const effect = async () => {
      calls++
      throw calls < 3 ? new Error('away') : wrong
    }
    await expect(retryForever(effect, options)).rejects.toBe(wrong)
    expect(calls).toBe(3)
  })

  it('ends when it is to stop, also in the middle of a long wait', async () => {
    const stopping = new AbortController()
    const effect = async () => {
      throw new Error('away')
    }
    const waiting = retryForever(effect, {
      ...options,
      firstDelayMs: 3_600_000,
      maxDelayMs: 3_600_000,
      signal: stopping.signal,
      onRetry: () => stopping.abort(),
    })
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is not even begun when it is to stop already', async () => {
    let calls = 0
    const effect = async () => void calls++
    await expect(retryForever(effect, { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(calls).toBe(0)
  })
})
