/** What a consumer is about, for whoever watches over it; times in milliseconds. */
export interface ConsumerState {
  /** Partitions by topic; undefined until the group was joined for the first time. */
  readonly assigned: Readonly<Record<string, readonly number[]>> | undefined
  /** A batch waits for the world: ClickHouse or Kafka is away. */
  readonly isWaiting: boolean
  /** How long the batch at hand is in work; undefined when there is none. */
  readonly workingMs: number | undefined
  /** Since the group last answered a heartbeat or let it in. */
  readonly unheardMs: number
}
