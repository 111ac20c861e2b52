/** What became of the offsets of one partition and source that were settled. */
export interface SettledCounts {
  readonly topic: string
  readonly partition: number
  /** Empty for dead letters: what they say of themselves is not to be trusted. */
  readonly source: string
  readonly stored: number
  /** Repeat an event of another offset. */
  readonly duplicates: number
  readonly deadLettered: number
  /** Settled as events, but no table has their identity: must be 0. */
  readonly inNoTable: number
}

export interface OffsetRange {
  readonly topic: string
  readonly partition: number
  readonly first: number
  /** One past the last. */
  readonly past: number
}

/** What the tables say of offsets; reads by their order, so that it costs what the range holds and not what is stored. */
export interface BalanceLog {
  /** The first offset that was ever settled; undefined when there is none. */
  firstSettled(topic: string, partition: number): Promise<number | undefined>
  /** Of several partitions at once, and of each one range: identities lie in no order of offsets, so that asking for them costs nearly as
   *  much for one partition as for all. */
  settledIn(ranges: readonly OffsetRange[]): Promise<readonly SettledCounts[]>
  /** Offsets of the range that hold no message and were not settled. */
  emptyIn(range: OffsetRange): Promise<number>
}
