import type { Logger } from './logger.ts'
import { retryForever } from './retry.ts'

/** A connected publisher; `close` lets go of the connection. */
export interface ConnectedSink<E, Options extends readonly unknown[] = readonly []> {
  /** Resolves once every event is acknowledged by all in-sync replicas. */
  publish(events: readonly E[], ...options: Options): Promise<void>
  close(): Promise<void>
}

export interface PatientSinkDeps<E, Options extends readonly unknown[] = readonly []> {
  /** Rejects within a second or two when Kafka is away, and at once when aborted. */
  readonly connect: (signal: AbortSignal) => Promise<ConnectedSink<E, Options>>
  /** Whether waiting may help; what does not pass ends the process by `failed`. */
  readonly isPassing: (error: unknown) => boolean
  /** What is missing and what to do. */
  readonly explain: (error: unknown) => string
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly clock: () => number
}

/** After a failed publish the door calls itself not ready for so long; then traffic may try again. */
const notReadyAfterFailureMs = 15_000

/** The door opens though Kafka is away, and says so: senders get 503 from it instead of a refused connection from nobody. */
export function createPatientSink<E, Options extends readonly unknown[] = readonly []>(
  deps: PatientSinkDeps<E, Options>,
) {
  const stopping = new AbortController()
  let connected: ConnectedSink<E, Options> | undefined
  let missing = 'Kafka is not reached yet'
  let connecting: Promise<void> = Promise.resolve()
  let failedAtMs: number | undefined
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = reject
  })
  // Whoever runs the service listens once everything has started; until then nobody does.
  failed.catch(() => {})

  const connect = () =>
    retryForever(() => deps.connect(stopping.signal), {
      firstDelayMs: 500,
      maxDelayMs: 10_000,
      isRetryable: (error) => !stopping.signal.aborted && deps.isPassing(error),
      signal: stopping.signal,
      onRetry: (error, attempt, delayMs) => {
        missing = `waiting: ${deps.explain(error)}`
        deps.log.warn({ attempt, delayMs }, missing)
      },
    })

  return {
    name: 'publisher',
    failed,
    start: async () => {
      connecting = connect().then(
        async (sink) => {
          if (stopping.signal.aborted) await sink.close()
          else connected = sink
          deps.log.info('Kafka is reached')
        },
        (error: unknown) => {
          if (stopping.signal.aborted) return
          deps.log.error(`cannot go on, and waiting does not help: ${deps.explain(error)}`)
          fail(error)
        },
      )
    },
    stop: async () => {
      stopping.abort()
      await connecting
      await connected?.close()
    },
    ready: () => {
      if (connected === undefined) return missing
      const since = failedAtMs === undefined ? undefined : deps.clock() - failedAtMs
      return since !== undefined && since < notReadyAfterFailureMs
        ? 'Kafka did not acknowledge the latest events'
        : undefined
    },
    publish: async (events: readonly E[], ...options: Options) => {
      if (connected === undefined) throw new Error('Kafka is not reached yet')
      try {
        await connected.publish(events, ...options)
        failedAtMs = undefined
      } catch (error) {
        failedAtMs = deps.clock()
        throw error
      }
    },
  }
}
