import { setTimeout as wait } from 'node:timers/promises'

export interface RestingDeps {
  /** Nobody else wants the time: then there is nothing to rest for. */
  readonly isCalm: () => boolean
  readonly clock?: () => number
}

const lookAgainMs = 100

/**
 * Runs works one at a time, each only after a rest of `times` as long as the one before took, or as soon as all is calm. A stop ends the
 * rest with an AbortError.
 */
export function createResting(
  times: number,
  { isCalm, clock = () => performance.now() }: RestingDeps,
): (work: () => Promise<void>, stopping: AbortSignal) => Promise<void> {
  let restsUntilMs = Number.NEGATIVE_INFINITY
  return async (work, stopping) => {
    for (let restMs = restsUntilMs - clock(); restMs > 0 && !isCalm(); restMs = restsUntilMs - clock())
      await wait(Math.min(restMs, lookAgainMs), undefined, { signal: stopping })
    const startedAtMs = clock()
    await work()
    restsUntilMs = clock() + times * (clock() - startedAtMs)
  }
}
