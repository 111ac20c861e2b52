import type { Component } from './lifecycle.ts'
import type { Logger } from './logger.ts'
import type { ReadyCheck } from './operations-server.ts'
import { retryForever } from './retry.ts'

export interface WaitForServerDeps {
  /** Resolves when the server can be used; to reject within a second or two, and at once when aborted. */
  readonly reach: (signal: AbortSignal) => Promise<void>
  /** Whether waiting may help; what does not pass ends the start. */
  readonly isPassing: (error: unknown) => boolean
  /** What is missing and what to do, for the log and for /readyz. */
  readonly explain: (error: unknown) => string
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** 500 when absent; it doubles up to 10 s. */
  readonly firstDelayMs?: number
}

/** Its start lasts until a server can be used. List it after the operations server, which then tells why nothing is done yet, and before all
 *  that connects. */
export function createWaitForServer(
  server: string,
  deps: WaitForServerDeps,
): Component & { readonly ready: ReadyCheck } {
  const { reach, isPassing, explain, log, firstDelayMs = 500 } = deps
  let missing: string | undefined = `${server} was not asked yet`
  return {
    name: `wait for ${server}`,
    ready: () => missing,
    start: async (signal = new AbortController().signal) => {
      let waited = false
      try {
        await retryForever(() => reach(signal), {
          firstDelayMs,
          maxDelayMs: 10_000,
          isRetryable: (error) => !signal.aborted && isPassing(error),
          signal,
          onRetry: (error, attempt, delayMs) => {
            waited = true
            missing = `waiting: ${explain(error)}`
            log.warn({ attempt, delayMs }, missing)
          },
        })
      } catch (error) {
        if (!signal.aborted) log.error(`cannot start, and waiting does not help: ${explain(error)}`)
        throw error
      }
      missing = undefined
      if (waited) log.info(`${server} is reached`)
    },
    stop: async () => {},
  }
}
