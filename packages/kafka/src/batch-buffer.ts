import type { ReceivedMessage } from './received-message.ts'

export interface TakenBatch {
  readonly messages: readonly ReceivedMessage[]
  /** For each topic and partition the offset to commit once the batch is durable: one past its last message. */
  readonly positions: ReadonlyMap<string, { readonly topic: string; readonly partition: number; readonly next: number }>
}

export interface BatchBuffer {
  push(message: ReceivedMessage): void
  isFull(): boolean
  isEmpty(): boolean
  /** When the batch must be flushed though it is not full; undefined while empty. */
  dueAtMs(): number | undefined
  take(): TakenBatch
}

/** Gathers messages of all partitions until there are `maxRows` of them, `maxBytes`, or `maxWaitMs` since the first: whichever comes first. */
export function createBatchBuffer(
  limits: { readonly maxRows: number; readonly maxBytes: number; readonly maxWaitMs: number },
  clock: () => number,
): BatchBuffer {
  let messages: ReceivedMessage[] = []
  let bytes = 0
  let firstAtMs: number | undefined
  let positions = new Map<string, { topic: string; partition: number; next: number }>()
  return {
    push: (message) => {
      firstAtMs ??= clock()
      messages.push(message)
      bytes += (message.value?.length ?? 0) + (message.key?.length ?? 0)
      const { topic, partition, offset } = message
      positions.set(`${topic}/${partition}`, { topic, partition, next: offset + 1 })
    },
    isFull: () => messages.length >= limits.maxRows || bytes >= limits.maxBytes,
    isEmpty: () => messages.length === 0,
    dueAtMs: () => (firstAtMs === undefined ? undefined : firstAtMs + limits.maxWaitMs),
    take: () => {
      const taken = { messages, positions }
      messages = []
      bytes = 0
      firstAtMs = undefined
      positions = new Map()
      return taken
    },
  }
}
