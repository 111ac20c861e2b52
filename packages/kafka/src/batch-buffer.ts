import type { EmptyOffsets } from '@bina/pipeline/ports/ingest-log'
import type { ReceivedMessage } from './received-message.ts'

export interface TakenBatch {
  readonly messages: readonly ReceivedMessage[]
  /** What stands between and behind the messages, and holds none. */
  readonly empty: readonly EmptyOffsets[]
  /** For each topic and partition the offset to commit once the batch is durable: one past what was pushed or passed over last. */
  readonly positions: ReadonlyMap<string, { readonly topic: string; readonly partition: number; readonly next: number }>
}

export interface BatchBuffer {
  push(message: ReceivedMessage): void
  /** Goes past offsets that hold nothing to read; comes in their place among the messages. */
  passOver(empty: EmptyOffsets): void
  isFull(): boolean
  isEmpty(): boolean
  /** When the batch must be flushed though it is not full; undefined while empty. */
  dueAtMs(): number | undefined
  take(): TakenBatch
  /** Forgets everything that was not taken. */
  clear(): void
}

const lengthOf = ({ key, value }: ReceivedMessage) => (value?.length ?? 0) + (key?.length ?? 0)

/** Gathers messages of all partitions until there are `maxRows` of them, `maxBytes`, or `maxWaitMs` since the first: whichever comes first. */
export function createBatchBuffer(
  limits: { readonly maxRows: number; readonly maxBytes: number; readonly maxWaitMs: number },
  clock: () => number,
): BatchBuffer {
  let messages: ReceivedMessage[] = []
  let empty: EmptyOffsets[] = []
  let bytes = 0
  let firstAtMs: number | undefined
  let positions = new Map<string, { topic: string; partition: number; next: number }>()
  // Messages of one partition come in a row: its name is made once, and not for each.
  let latest: { readonly topic: string; readonly partition: number; next: number } | undefined
  const moveTo = (topic: string, partition: number, next: number) => {
    firstAtMs ??= clock()
    if (latest !== undefined && latest.partition === partition && latest.topic === topic) {
      latest.next = next
      return
    }
    latest = { topic, partition, next }
    positions.set(`${topic}/${partition}`, latest)
  }
  const clear = () => {
    messages = []
    empty = []
    bytes = 0
    firstAtMs = undefined
    latest = undefined
    positions = new Map()
  }
  return {
    push: (message) => {
      messages.push(message)
      bytes += lengthOf(message)
      moveTo(message.topic, message.partition, message.offset + 1)
    },
    passOver: (offsets) => {
      if (offsets.first <= offsets.last) empty.push(offsets)
      moveTo(offsets.topic, offsets.partition, offsets.last + 1)
    },
    isFull: () => messages.length >= limits.maxRows || bytes >= limits.maxBytes,
    isEmpty: () => positions.size === 0,
    dueAtMs: () => (firstAtMs === undefined ? undefined : firstAtMs + limits.maxWaitMs),
    take: () => {
      const taken = { messages, empty, positions }
      clear()
      return taken
    },
    clear,
  }
}
