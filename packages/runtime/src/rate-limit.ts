import { setTimeout as sleep } from 'node:timers/promises'

const creditMs = 1_000

/** Waits with each portion until what went so far had its time at `perSecond`. Time that was not used is saved for a second at most, so
 *  that what comes after a long rest is no flood. Rejects with the signal's reason. */
export function createRateLimit(
  perSecond: number,
  pace: { readonly nowMs: () => number; readonly wait: (ms: number, signal: AbortSignal) => Promise<void> } = {
    nowMs: () => performance.now(),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  },
): (count: number, signal: AbortSignal) => Promise<void> {
  let dueMs = pace.nowMs()
  return async (count, signal) => {
    dueMs = Math.max(dueMs, pace.nowMs() - creditMs) + (count / perSecond) * 1000
    const aheadMs = dueMs - pace.nowMs()
    if (aheadMs > 0) await pace.wait(aheadMs, signal)
  }
}
