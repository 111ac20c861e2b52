import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets no more events through than live ones leave room for, and does not wait where the work itself was slow', async () => {
  let nowMs = 0
  const waits: number[] = []
  const wait = async (ms: number) => {
    waits.push(ms)
    nowMs += ms
  }
  const { signal } = new AbortController()
  const after = createRateLimit(500, { nowMs: () => nowMs, wait })
  await after(500, signal)
  await after(250, signal)
  nowMs += 600
  await after(300, signal)
  expect(waits).toEqual([1_000, 500])
  // A rest of hours is worth a second.
  nowMs += 10_000_000
  await after(500, signal)
  await after(500, signal)
  expect(waits).toEqual([1_000, 500, 1_000])
})
