import { setTimeout as wait } from 'node:timers/promises'

export interface RetryOptions {
  readonly firstDelayMs: number
  readonly maxDelayMs: number
  /** Decides whether another try makes sense; when false the error is thrown as it is. */
  readonly isRetryable: (error: unknown) => boolean
  readonly onRetry?: (error: unknown, attempt: number, delayMs: number) => void
  readonly signal?: AbortSignal
}

/** Doubling delay with up to a quarter taken off by chance, so that many workers do not return in step. */
export function backoffMs(
  attempt: number,
  firstDelayMs: number,
  maxDelayMs: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(attempt, 30))
  return full * (1 - random() / 4)
}

/** Tries until it works, without limit: rather fall behind than lose. Ends by the signal or by an error not worth a retry. */
export async function retryForever<T>(effect: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    options.signal?.throwIfAborted()
    try {
      return await effect()
    } catch (error) {
      if (!options.isRetryable(error)) throw error
      const delayMs = backoffMs(attempt, options.firstDelayMs, options.maxDelayMs)
      options.onRetry?.(error, attempt + 1, delayMs)
      await wait(delayMs, undefined, options.signal === undefined ? {} : { signal: options.signal })
    }
  }
}
