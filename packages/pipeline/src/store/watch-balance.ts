import type { BalanceLog, SettledCounts } from '../ports/balance-log.ts'

/** Where the sink's group stands in a partition; `topic` by the contract's name. */
export interface GroupPosition {
  readonly topic: string
  readonly partition: number
  /** The next offset that is not settled yet. */
  readonly committed: number
  /** The offset that the next message will have. */
  readonly end: number
}

/** Messages of one topic since the watch began: received = stored + duplicates + deadLettered + inFlight + missing, and missing must
 *  be 0. Each offset counts by what it was when it was looked at first. */
export interface TopicBalance {
  readonly topic: string
  readonly received: number
  readonly stored: number
  readonly duplicates: number
  readonly deadLettered: number
  /** In Kafka, and not committed or not looked at yet. */
  readonly inFlight: number
  /** Committed, though nobody settled them or no table has them. */
  readonly missing: number
}

export interface BalanceLook {
  readonly topics: readonly TopicBalance[]
  /** Duplicates found by this look alone, by source; none of those committed before the watch began, which another one has told. */
  readonly newDuplicates: ReadonlyMap<string, number>
}

export interface WatchBalanceConfig {
  /** How many offsets of each partition, before what was committed when the watch began, it looks at as well. */
  readonly lookBack: number
  /** How many offsets it asks for at once. */
  readonly atOnce: number
}

interface PartitionCounts {
  from: number
  /** What was committed when the watch began. */
  newFrom: number
  /** Offsets before this one are judged. */
  through: number
  stored: number
  duplicates: number
  deadLettered: number
  empty: number
  missing: number
}

/** Reckons the balance of what came in against what the tables have, each offset once, a little at each look. `ingest_balance` says the
 *  same of all that is stored, and takes as long as that is large. */
export function createWatchBalance(
  config: WatchBalanceConfig,
  log: BalanceLog,
): (positions: readonly GroupPosition[]) => Promise<BalanceLook> {
  const partitions = new Map<string, PartitionCounts>()

  const begin = async ({ topic, partition, committed }: GroupPosition): Promise<PartitionCounts> => {
    const first = (await log.firstSettled(topic, partition)) ?? committed
    const from = Math.min(committed, Math.max(first, committed - config.lookBack))
    return { from, newFrom: committed, through: from, stored: 0, duplicates: 0, deadLettered: 0, empty: 0, missing: 0 }
  }

  const judge = async (position: GroupPosition, counts: PartitionCounts, newDuplicates: Map<string, number>) => {
    const { topic, partition } = position
    while (counts.through < position.committed) {
      const first = counts.through
      const isNew = first >= counts.newFrom
      const past = Math.min(isNew ? position.committed : counts.newFrom, position.committed, first + config.atOnce)
      const range = { topic, partition, first, past }
      const [settled, empty] = [await log.settledIn(range), await log.emptyIn(range)]
      const sum = (what: Exclude<keyof SettledCounts, 'source'>) => settled.reduce((n, row) => n + row[what], 0)
      const judged = sum('stored') + sum('duplicates') + sum('deadLettered')
      counts.stored += sum('stored')
      counts.duplicates += sum('duplicates')
      counts.deadLettered += sum('deadLettered')
      counts.empty += empty
      counts.missing += past - first - empty - judged
      counts.through = past
      for (const { source, duplicates } of settled)
        if (isNew && duplicates > 0) newDuplicates.set(source, (newDuplicates.get(source) ?? 0) + duplicates)
    }
  }

  return async (positions) => {
    const newDuplicates = new Map<string, number>()
    const topics = new Map<string, TopicBalance>()
    for (const position of positions) {
      const name = `${position.topic}/${position.partition}`
      const known = partitions.get(name)
      // A topic that was made anew begins at nothing again.
      const counts = known !== undefined && known.through <= position.end ? known : await begin(position)
      partitions.set(name, counts)
      await judge(position, counts, newDuplicates)
      topics.set(position.topic, plus(topics.get(position.topic), position, counts))
    }
    return { topics: [...topics.values()], newDuplicates }
  }
}

function plus(sum: TopicBalance | undefined, { topic, end }: GroupPosition, counts: PartitionCounts): TopicBalance {
  const { stored, duplicates, deadLettered, missing } = counts
  return {
    topic,
    received: (sum?.received ?? 0) + end - counts.from - counts.empty,
    stored: (sum?.stored ?? 0) + stored,
    duplicates: (sum?.duplicates ?? 0) + duplicates,
    deadLettered: (sum?.deadLettered ?? 0) + deadLettered,
    inFlight: (sum?.inFlight ?? 0) + end - counts.through,
    missing: (sum?.missing ?? 0) + missing,
  }
}
