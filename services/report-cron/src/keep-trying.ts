import { retryForever } from '@bina/runtime/retry'

export interface KeepTryingDeps {
  /** Whether waiting may help. */
  readonly isPassing: (error: unknown) => boolean
  /** Throws once the work belongs to another process; then no further try is made. */
  readonly assertOwned: () => void
  /** Ends the tries. The first is made all the same: what was done before the stop is to be written down. */
  readonly signal: AbortSignal
  readonly onRetry: (error: unknown, attempt: number, delayMs: number) => void
  /** 200 when absent; it doubles up to 5 s. */
  readonly firstDelayMs?: number
}

/** Makes a write at least once, and again for as long as only the world is at fault. */
export function createKeepTrying(deps: KeepTryingDeps): (write: () => Promise<void>) => Promise<void> {
  const { isPassing, assertOwned, signal, onRetry, firstDelayMs = 200 } = deps
  return async (write) => {
    let isFirst = true
    await retryForever(
      async () => {
        if (!isFirst) {
          signal.throwIfAborted()
          assertOwned()
        }
        isFirst = false
        await write()
      },
      { firstDelayMs, maxDelayMs: 5_000, isRetryable: (error) => isPassing(error) && !signal.aborted, onRetry },
    )
  }
}
