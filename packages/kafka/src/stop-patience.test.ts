import { expect, it } from 'vitest'
import { withStopPatience } from './stop-patience.ts'

const never = new Promise<void>(() => {})

it('what is done in time is waited for, and its failure is told', async () => {
  const stop = new AbortController()
  expect(await withStopPatience(Promise.resolve(), stop.signal)).toBe(true)
  await expect(withStopPatience(Promise.reject(new Error('refused')), stop.signal)).rejects.toThrow('refused')
})

it('a stop waits three seconds for what hangs, whether it hung before or not', async () => {
  const stop = new AbortController()
  const hung = withStopPatience(never, stop.signal)
  stop.abort()
  const fromMs = performance.now()
  expect(await Promise.all([hung, withStopPatience(never, stop.signal)])).toEqual([false, false])
  expect(performance.now() - fromMs).toBeGreaterThan(2_900)
})
