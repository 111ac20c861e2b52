import { setTimeout as sleep } from 'node:timers/promises'

/** Waits after each portion until no more than `perSecond` have gone on average since the start. */
export function createRateLimit(
  perSecond: number,
  signal: AbortSignal,
  pace: { readonly nowMs: () => number; readonly wait: (ms: number) => Promise<void> } = {
    nowMs: () => performance.now(),
    wait: (ms) => sleep(ms, undefined, { signal }),
  },
): (count: number) => Promise<void> {
  const startMs = pace.nowMs()
  let done = 0
  return async (count) => {
    done += count
    const aheadMs = (done / perSecond) * 1000 - (pace.nowMs() - startMs)
    if (aheadMs > 0) await pace.wait(aheadMs)
  }
}
