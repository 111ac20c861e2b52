import { setTimeout as sleep } from 'node:timers/promises'
import type { EventType, ServiceEvent } from '@bina/events/service-event'

export interface CityPublisher {
  /** Resolves when the events are safe with the broker. */
  publish(events: readonly ServiceEvent[]): Promise<void>
}

export interface Pace {
  nowMs(): number
  /** Ends early, without an error, when the signal says so. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>
}

export interface PublishedCount {
  readonly published: number
  readonly byType: Readonly<Partial<Record<EventType, number>>>
  /** The last published event's instant; undefined before the first. */
  readonly reachedMs: number | undefined
  /** True when the signal ended it before the events did. */
  readonly aborted: boolean
}

export interface PublishCityOptions {
  /** Events handed over at a time. */
  readonly batchSize?: number
  /** At most so many events a second, on average from the start. */
  readonly perSecond?: number
  /** After each batch. */
  readonly onProgress?: (sofar: PublishedCount) => void
  readonly signal?: AbortSignal
  readonly pace?: Pace
}

const wallPace: Pace = {
  nowMs: () => performance.now(),
  wait: async (ms, signal) => {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      if (signal?.aborted !== true) throw error
    }
  },
}

/**
 * Publishes in order, one batch at a time, so that a refusing broker stops it at a known place: its error is thrown as
 * it is.
 */
export async function publishCity(
  events: Iterable<ServiceEvent>,
  publisher: CityPublisher,
  options: PublishCityOptions = {},
): Promise<PublishedCount> {
  const { batchSize = 500, perSecond, onProgress, signal, pace = wallPace } = options
  const startMs = pace.nowMs()
  const byType: Partial<Record<EventType, number>> = {}
  let published = 0
  let reachedMs: number | undefined
  let batch: ServiceEvent[] = []
  const count = (): PublishedCount => ({
    published,
    byType: { ...byType },
    reachedMs,
    aborted: signal?.aborted === true,
  })

  async function flush(): Promise<void> {
    if (batch.length === 0) return
    await publisher.publish(batch)
    for (const { type } of batch) byType[type] = (byType[type] ?? 0) + 1
    published += batch.length
    reachedMs = batch.at(-1)?.occurredAtMs
    batch = []
    onProgress?.(count())
    const aheadMs = perSecond === undefined ? 0 : (published / perSecond) * 1_000 - (pace.nowMs() - startMs)
    if (aheadMs > 0) await pace.wait(aheadMs, signal)
  }

  for (const event of events) {
    if (signal?.aborted === true) return count()
    batch.push(event)
    if (batch.length >= batchSize) await flush()
  }
  if (signal?.aborted === true) return count()
  await flush()
  return { ...count(), aborted: false }
}
