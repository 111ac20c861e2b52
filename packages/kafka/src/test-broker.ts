import kafkajs, { type EachBatchPayload, type Kafka, type OffsetsByTopicPartition } from 'kafkajs'

export interface Fetched {
  readonly offsets: readonly number[]
  /** Bounds of what the broker sent, where there is more than messages to read: marks, messages of aborted transactions. */
  readonly first?: number
  readonly last?: number
  /** Where the log ends; behind what the broker sent when absent. */
  readonly end?: number
}

/** One partition, `t/0`, as kafkajs hands it to a consumer; what is fetched and when, the test says. */
export function createTestBroker() {
  const committed: number[] = []
  const resolved: string[] = []
  const refusals: Error[] = []
  const runs: unknown[] = []
  const listeners = new Map<string, ((event: { readonly payload: unknown }) => void)[]>()
  let eachBatch: (payload: EachBatchPayload) => Promise<void> = async () => {}
  const { events } = new kafkajs.Kafka({ brokers: ['nowhere:1'], logLevel: kafkajs.logLevel.NOTHING }).consumer({
    groupId: 'g',
  })
  const emit = (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener({ payload })
  }
  const consumer = {
    events,
    on: (name: string, listener: (event: { readonly payload: unknown }) => void) =>
      void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
    connect: async () => {},
    subscribe: async () => {},
    run: async (config: { readonly eachBatch: typeof eachBatch }) => {
      eachBatch = config.eachBatch
      runs.push(config)
      emit(events.GROUP_JOIN, { memberAssignment: { t: [0] } })
    },
    commitOffsets: async (places: readonly { readonly offset: string }[]) =>
      void committed.push(...places.map(({ offset }) => Number(offset))),
    disconnect: async () => {},
  }
  const admin = {
    connect: async () => {},
    disconnect: async () => {},
    fetchOffsets: async () => [{ topic: 't', partitions: [{ partition: 0, offset: '-1' }] }],
    fetchTopicOffsets: async () => [{ partition: 0, low: '0', high: '0' }],
  }
  // The types of kafkajs have more than ours asks of them.
  const kafka = { consumer: () => consumer, admin: () => admin } as unknown as Pick<Kafka, 'admin' | 'consumer'>
  const fetched = async ({ offsets, first = offsets[0] ?? 0, last = offsets.at(-1) ?? 0, end = last + 1 }: Fetched) => {
    if (offsets.length > 0) {
      const batch = {
        topic: 't',
        partition: 0,
        highWatermark: String(end),
        firstOffset: () => String(first),
        lastOffset: () => String(last),
        messages: offsets.map((offset) => ({ offset: String(offset), timestamp: '0', key: null, value: null })),
      }
      await eachBatch({
        batch,
        resolveOffset: (offset: string) => void resolved.push(offset),
        heartbeat: async () => {},
        commitOffsetsIfNecessary: async ({ topics }: OffsetsByTopicPartition) => {
          const refusal = refusals.shift()
          if (refusal !== undefined) throw refusal
          committed.push(...topics.flatMap(({ partitions }) => partitions.map(({ offset }) => Number(offset))))
        },
        isRunning: () => true,
        isStale: () => false,
      } as unknown as EachBatchPayload)
    }
    emit(events.END_BATCH_PROCESS, {
      topic: 't',
      partition: 0,
      batchSize: offsets.length,
      firstOffset: String(first),
      lastOffset: String(last),
    })
  }
  return {
    ...{ kafka, committed, resolved, fetched, runs },
    /** The group has formed anew, and this member has these partitions of the topic `t`. */
    rejoined: (partitions: readonly number[]) => emit(events.GROUP_JOIN, { memberAssignment: { t: partitions } }),
    /** kafkajs gives the consumer up. */
    crashed: (error: Error) => emit(events.CRASH, { error, groupId: 'g', restart: false }),
    /** The next commit is refused with this. */
    refuseCommit: (refusal: Error) => void refusals.push(refusal),
  }
}
