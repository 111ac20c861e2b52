import type { BalanceLog, OffsetRange } from '../ports/balance-log.ts'

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
  /** How many offsets it asks for at once, over all partitions. */
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

interface Watched {
  readonly position: GroupPosition
  readonly counts: PartitionCounts
}

interface Due {
  readonly range: OffsetRange
  readonly isNew: boolean
  readonly counts: PartitionCounts
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

  /** The next part of each partition that was not looked at: what was committed before the watch began, or after, and never both. */
  const dueOf = (watched: readonly Watched[]): readonly Due[] => {
    let room = config.atOnce
    return watched.flatMap(({ position: { topic, partition, committed }, counts }) => {
      const first = counts.through
      const isNew = first >= counts.newFrom
      const past = Math.min(isNew ? committed : counts.newFrom, committed, first + room)
      if (past <= first) return []
      room -= past - first
      return [{ range: { topic, partition, first, past }, isNew, counts }]
    })
  }

  const judge = async (due: readonly Due[], newDuplicates: Map<string, number>) => {
    const settled = await log.settledIn(due.map(({ range }) => range))
    for (const { range, isNew, counts } of due) {
      const ofRange = settled.filter(({ topic, partition }) => topic === range.topic && partition === range.partition)
      const sum = (what: 'stored' | 'duplicates' | 'deadLettered') => ofRange.reduce((n, row) => n + row[what], 0)
      const open = range.past - range.first - sum('stored') - sum('duplicates') - sum('deadLettered')
      // Where every offset was settled, none is empty.
      const empty = open > 0 ? await log.emptyIn(range) : 0
      counts.stored += sum('stored')
      counts.duplicates += sum('duplicates')
      counts.deadLettered += sum('deadLettered')
      counts.empty += empty
      counts.missing += open - empty
      counts.through = range.past
      for (const { source, duplicates } of ofRange)
        if (isNew && duplicates > 0) newDuplicates.set(source, (newDuplicates.get(source) ?? 0) + duplicates)
    }
  }

  return async (positions) => {
    const watched: Watched[] = []
    for (const position of positions) {
      const name = `${position.topic}/${position.partition}`
      const known = partitions.get(name)
      // A topic that was made anew begins at nothing again.
      const counts = known !== undefined && known.through <= position.end ? known : await begin(position)
      partitions.set(name, counts)
      watched.push({ position, counts })
    }
    const newDuplicates = new Map<string, number>()
    for (let due = dueOf(watched); due.length > 0; due = dueOf(watched)) await judge(due, newDuplicates)
    const topics = new Map<string, TopicBalance>()
    for (const { position, counts } of watched)
      topics.set(position.topic, plus(topics.get(position.topic), position, counts))
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
