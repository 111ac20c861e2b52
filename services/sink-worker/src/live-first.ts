import type { Logger } from '@bina/runtime/logger'

export interface LiveFirstDeps {
  /** Resolves when so many rows have had their time. */
  readonly limit: (rows: number, signal: AbortSignal) => Promise<void>
  /** Waits until all that is live now is done; what is behind where that takes too long. */
  readonly liveBehind: (signal: AbortSignal) => Promise<string | undefined>
  readonly onPause: (cause: 'rate_limit' | 'live_first', pausedMs: number) => void
  readonly log: Pick<Logger, 'info'>
}

export interface LiveFirst {
  /** Resolves when a portion of so many rows may be stored. Rejects when the worker is to stop, and for the world's fault. */
  turn(rows: number, stopping: AbortSignal): Promise<void>
  isWaiting(): boolean
}

/**
 * The turn of history: each portion of it waits until its rows have had their time, and then until all that is live has been stored and
 * scored, and with it what the portion before has led to. So a live event has one portion before it, or two where the turn of the second
 * had just come, and it does not matter how many wait behind.
 */
export function createLiveFirst({ limit, liveBehind, onPause, log }: LiveFirstDeps): LiveFirst {
  let waiting = 0
  const paused = async (cause: 'rate_limit' | 'live_first', wait: () => Promise<void>) => {
    const sinceMs = performance.now()
    waiting++
    try {
      await wait()
    } finally {
      waiting--
      onPause(cause, performance.now() - sinceMs)
    }
  }
  return {
    turn: async (rows, stopping) => {
      await paused('rate_limit', () => limit(rows, stopping))
      await paused('live_first', async () => {
        for (;;) {
          const behind = await liveBehind(stopping)
          if (behind === undefined) return
          log.info(`history waits, since live events go first: ${behind}`)
        }
      })
    },
    isWaiting: () => waiting > 0,
  }
}
