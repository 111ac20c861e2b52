import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { type ReceivedMessage, toReceived } from './received-message.ts'

/** Offsets of one partition, `first` included, `past` not. */
export interface PartitionSpan {
  readonly partition: number
  readonly first: number
  readonly past: number
}

export interface ReadSpanOptions {
  /** Of this read alone: nothing is committed, so the broker forgets the group when it is empty. */
  readonly groupId: string
  /** How many messages are handed over at once at most. */
  readonly atOnce: number
  readonly signal: AbortSignal
}

/** The offsets of a topic whose records bear a time from `fromMs` until before `toMs`, by the broker's index of times. Partitions without
 *  any are left out. */
export async function spansOf(
  kafka: Pick<Kafka, 'admin'>,
  topic: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly PartitionSpan[]> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const from = await admin.fetchTopicOffsetsByTimestamp(topic, fromMs)
    const to = await admin.fetchTopicOffsetsByTimestamp(topic, toMs)
    return from
      .map(({ partition, offset }) => ({
        partition,
        first: Number(offset),
        past: Number(to.find((end) => end.partition === partition)?.offset ?? offset),
      }))
      .filter(({ first, past }) => past > first)
      .toSorted((a, b) => a.partition - b.partition)
  } finally {
    await admin.disconnect()
  }
}

/** Hands over the messages of these spans, of each partition in order. Ends when all are through, with what `take` threw, or when
 *  `signal` is aborted. */
export async function readSpans(
  kafka: Pick<Kafka, 'consumer'>,
  topic: string,
  spans: readonly PartitionSpan[],
  { groupId, atOnce, signal }: ReadSpanOptions,
  take: (messages: readonly ReceivedMessage[]) => Promise<void>,
): Promise<void> {
  const left = new Map(spans.map((span) => [span.partition, span]))
  if (left.size === 0) return
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 100 })
  let onAbort = () => {}
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      onAbort = () => reject(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      signal.throwIfAborted()
      const passed = (partition: number, last: number) => {
        const span = left.get(partition)
        if (span === undefined || last + 1 < span.past) return
        left.delete(partition)
        consumer.pause([{ topic, partitions: [partition] }])
        if (left.size === 0) resolve()
      }
      const eachBatch = async ({ batch, heartbeat }: EachBatchPayload) => {
        const span = left.get(batch.partition)
        if (span === undefined) return consumer.pause([{ topic, partitions: [batch.partition] }])
        const messages = batch.messages
          .map((message) => toReceived(topic, batch.partition, message))
          .filter(({ offset }) => offset >= span.first && offset < span.past)
        for (let at = 0; at < messages.length; at += atOnce) {
          signal.throwIfAborted()
          await take(messages.slice(at, at + atOnce))
          await heartbeat()
        }
        passed(batch.partition, Number(batch.lastOffset()))
      }
      // What holds nothing to read, as the mark that ends a transaction, is no batch to `eachBatch`.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
        if (payload.batchSize === 0) passed(payload.partition, Number(payload.lastOffset))
      })
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      consumer.run({ autoCommit: false, eachBatch: (payload) => eachBatch(payload).catch(reject) }).catch(reject)
      seekAll(consumer, topic, spans)
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    await consumer.disconnect()
  }
}

function seekAll(consumer: Consumer, topic: string, spans: readonly PartitionSpan[]): void {
  for (const { partition, first } of spans) consumer.seek({ topic, partition, offset: String(first) })
}
