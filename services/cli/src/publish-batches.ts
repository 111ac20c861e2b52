import type { Lane } from '@bina/events/topics'
import type { EventPublisher, EventToPublish } from '@bina/kafka/event-publisher'
import { createRateLimit } from '@bina/runtime/rate-limit'

export interface SizedEvent {
  readonly event: EventToPublish
  /** About how large its message will be. */
  readonly bytes: number
}

// A broker takes a batch of 1 MiB by default; with the largest event on top this stays below.
const atOnce = { events: 1_000, bytes: 512 * 1024 }

/** Publishes in order, a batch after the other, each acknowledged by all in-sync replicas before the next; gives the count. */
export async function publishInBatches(
  publisher: EventPublisher,
  events: AsyncIterable<SizedEvent>,
  options: {
    readonly onProgress: (published: number) => void
    readonly signal: AbortSignal
    /** Events a second at most, so that live ones find room between them; as fast as Kafka takes them when absent. */
    readonly rate?: number | undefined
    readonly lane?: Lane | undefined
  },
): Promise<number> {
  const { rate = Number.POSITIVE_INFINITY, signal } = options
  const limit = createRateLimit(rate)
  const eventsAtOnce = Math.min(atOnce.events, rate)
  let published = 0
  let batch: EventToPublish[] = []
  let bytes = 0
  const flush = async () => {
    const { length } = batch
    await publisher.publish(batch, options.lane)
    published += length
    batch = []
    bytes = 0
    options.onProgress(published)
    await limit(length, signal)
  }
  for await (const { event, bytes: size } of events) {
    options.signal.throwIfAborted()
    batch.push(event)
    bytes += size
    if (batch.length >= eventsAtOnce || bytes >= atOnce.bytes) await flush()
  }
  options.signal.throwIfAborted()
  if (batch.length > 0) await flush()
  return published
}
