import type { EventPublisher, EventToPublish } from '@bina/kafka/event-publisher'

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
  options: { readonly onProgress: (published: number) => void; readonly signal: AbortSignal },
): Promise<number> {
  let published = 0
  let batch: EventToPublish[] = []
  let bytes = 0
  const flush = async () => {
    await publisher.publish(batch)
    published += batch.length
    batch = []
    bytes = 0
    options.onProgress(published)
  }
  for await (const { event, bytes: size } of events) {
    options.signal.throwIfAborted()
    batch.push(event)
    bytes += size
    if (batch.length >= atOnce.events || bytes >= atOnce.bytes) await flush()
  }
  options.signal.throwIfAborted()
  if (batch.length > 0) await flush()
  return published
}
