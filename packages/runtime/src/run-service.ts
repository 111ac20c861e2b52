import { ConfigError } from './config.ts'
import { type Component, startAll } from './lifecycle.ts'
import type { Logger } from './logger.ts'

export interface RunServiceDeps {
  readonly log: Logger
  readonly shutdownTimeoutMs: number
}

// A start that was called off has nothing to finish: a client that still tries to connect is not waited for.
const calledOffStartMs = 1_000
// What is left open when all is stopped must not keep the process.
const lastWordsMs = 500

/** Runs components until SIGTERM, SIGINT, the parent's end, or until one of them fails.
 *  First signal: stop fetching, finish, flush, commit. Past the deadline, or when the same signal comes again: exit 1.
 *  A signal during the start calls it off. */
export async function runService(
  components: readonly Component[],
  failed: Promise<never>,
  deps: RunServiceDeps,
): Promise<void> {
  const seen = new Set<string>()
  const asked = new Promise<string>((resolve) => {
    const onSignal = (signal: string) => {
      // Only the same asked twice means now: Ctrl-C reaches a whole terminal, so that its SIGINT and the parent's SIGTERM are one wish.
      if (seen.has(signal)) {
        deps.log.warn({ signal }, 'second signal: stopping at once, uncommitted work will come again')
        process.exit(1)
      }
      seen.add(signal)
      resolve(signal)
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => onSignal(signal))
    // A service started by `bina up` must not outlive it.
    if (process.connected) process.once('disconnect', () => resolve('disconnect'))
  })
  const calledOff = new AbortController()
  let started = false
  asked.then((cause) => {
    if (started) return
    deps.log.info({ cause }, 'stopping before the start was done')
    calledOff.abort()
    setTimeout(() => {
      if (!started) process.exit(0)
    }, calledOffStartMs).unref()
  })
  let stopAll: () => Promise<void>
  try {
    stopAll = await startAll(components, calledOff.signal)
  } catch (error) {
    if (!calledOff.signal.aborted) throw error
    deps.log.info('stopped')
    leave(0)
    return
  }
  started = true
  deps.log.info('started')
  process.send?.({ kind: 'started' })
  const cause = await Promise.race([asked, failed.catch((error: unknown) => ({ error }))])
  if (typeof cause === 'string') deps.log.info({ cause }, 'stopping')
  else deps.log.error({ err: cause.error }, 'stopping, since a part failed')
  setTimeout(() => {
    deps.log.error(
      { timeoutMs: deps.shutdownTimeoutMs },
      'did not stop in time: exiting, uncommitted work will come again',
    )
    process.exit(1)
  }, deps.shutdownTimeoutMs).unref()
  await stopAll()
  deps.log.info('stopped')
  leave(typeof cause === 'string' ? 0 : 1)
}

function leave(code: number): void {
  process.exitCode = code
  if (process.connected) process.disconnect()
  setTimeout(() => process.exit(code), lastWordsMs).unref()
}

/** The one way in which a main.ts ends: a wrong configuration is told in plain words with exit 2, all else is logged with exit 1. */
export function exitOnError(main: Promise<void>): void {
  main.catch((error: unknown) => {
    if (error instanceof ConfigError) {
      console.error(error.message)
      process.exit(2)
    }
    console.error(error)
    process.exit(1)
  })
}
