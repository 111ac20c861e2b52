import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets no more events through than live ones leave room for, and does not wait where the work itself was slow', async () => {
  let nowMs = 0
  const waits: number[] = []
  const wait = async (ms: number) => {
    waits.push(ms)
    nowMs += ms
  }
  const after = createRateLimit(500, new AbortController().signal, { nowMs: () => nowMs, wait })
  await after(500)
  await after(250)
  nowMs += 10_000
  await after(500)
  expect(waits).toEqual([1_000, 500])
})
