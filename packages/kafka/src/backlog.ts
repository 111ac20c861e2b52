export interface Backlog {
  /** Told after each fetch of a partition: where its log ended then, and how far it has been read. */
  fetched(partition: { readonly topic: string; readonly partition: number }, end: number, next: number): void
  /** Messages that are known to wait in Kafka, over all partitions. */
  messages(): number
  clear(): void
}

/** How much waits behind what was fetched, by what the broker said with each fetch. */
export function createBacklog(): Backlog {
  const behind = new Map<string, number>()
  return {
    fetched: ({ topic, partition }, end, next) => void behind.set(`${topic}/${partition}`, Math.max(0, end - next)),
    messages: () => {
      let sum = 0
      for (const count of behind.values()) sum += count
      return sum
    },
    clear: () => behind.clear(),
  }
}
