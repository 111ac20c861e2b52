import { setTimeout as wait } from 'node:timers/promises'

/** Runs works one at a time, each only after a rest of `times` as long as the one before took. A stop ends the rest with an AbortError. */
export function createResting(
  times: number,
  clock: () => number = () => performance.now(),
): (work: () => Promise<void>, stopping: AbortSignal) => Promise<void> {
  let restsUntilMs = Number.NEGATIVE_INFINITY
  return async (work, stopping) => {
    const restMs = restsUntilMs - clock()
    if (restMs > 0) await wait(restMs, undefined, { signal: stopping })
    const startedAtMs = clock()
    await work()
    restsUntilMs = clock() + times * (clock() - startedAtMs)
  }
}
