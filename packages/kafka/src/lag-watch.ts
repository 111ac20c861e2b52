import type { GroupStandings, PartitionStanding } from './group-standings.ts'
import type { ReceivedMessage } from './received-message.ts'

export interface WatchedPartition extends PartitionStanding {
  /** Messages that are in Kafka and not finished: what stands between the committed offset and the end. */
  readonly lag: number
  /** At least so long has the oldest of them been waiting; 0 when there is none. */
  readonly oldestWaitMs: number
}

export interface LagWatch {
  /** Every partition of the topics, whoever works on it. @throws when Kafka does not answer. */
  look(): Promise<readonly WatchedPartition[]>
  /** Told of each batch that is about to be worked off, and again when it is tried again: its record timestamps say how old it is. */
  took(batch: readonly ReceivedMessage[]): void
}

const samplesAtMost = 500

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }) => `${topic}/${partition}`

/** How far a group is behind, by what it has committed and not by what it last fetched: so that it is right too while nobody fetches.
 *  The age of the oldest unfinished message comes from when the log's end was first seen beyond the committed offset, and from the
 *  record timestamps of what is in hand; either may be told too low, by an interval between two looks, and none too high. */
export function createLagWatch(
  config: { readonly groupId: string; readonly topics: readonly string[] },
  deps: { readonly standings: GroupStandings; readonly clock: () => number },
): LagWatch {
  const ends = new Map<string, ReturnType<typeof createEndsSeen>>()
  const inHand = new Map<string, Pick<ReceivedMessage, 'offset' | 'recordAtMs'>>()
  return {
    look: async () => {
      const standings = await deps.standings.of(config.groupId, config.topics)
      const nowMs = deps.clock()
      return standings.map((standing) => {
        const name = nameOf(standing)
        const seen = ends.get(name) ?? createEndsSeen()
        ends.set(name, seen)
        const behindMs = seen(standing, nowMs)
        const lag = Math.max(0, standing.end - standing.committed)
        const oldest = inHand.get(name)
        if (oldest !== undefined && oldest.offset < standing.committed) inHand.delete(name)
        const inHandMs = nowMs - (inHand.get(name)?.recordAtMs ?? nowMs)
        return { ...standing, lag, oldestWaitMs: lag === 0 ? 0 : Math.max(0, behindMs, inHandMs) }
      })
    },
    took: (batch) => {
      let last: ReceivedMessage | undefined
      for (const message of batch) {
        const isFirst = last === undefined || last.partition !== message.partition || last.topic !== message.topic
        last = message
        // The first of a partition is its oldest; it stays in hand until a look finds it committed.
        if (isFirst && !inHand.has(nameOf(message)))
          inHand.set(nameOf(message), { offset: message.offset, recordAtMs: message.recordAtMs })
      }
    },
  }
}

/** For how long, in milliseconds, a message has been seen waiting behind the committed offset. */
function createEndsSeen(): (standing: PartitionStanding, nowMs: number) => number {
  let seen: { readonly end: number; readonly atMs: number }[] = []
  return ({ committed, end }, nowMs) => {
    // A topic that was made anew begins at nothing again.
    if (end < (seen.at(-1)?.end ?? 0)) seen = []
    seen = seen.filter((sample) => sample.end > committed)
    if (end > Math.max(committed, seen.at(-1)?.end ?? 0)) seen.push({ end, atMs: nowMs })
    if (seen.length > samplesAtMost) seen = seen.filter((_, at) => at % 2 === 0)
    return seen[0] === undefined ? 0 : nowMs - seen[0].atMs
  }
}
