import type { Consumer, EachBatchPayload } from 'kafkajs'
import type { TakenBatch } from './batch-buffer.ts'
import type { KafkaLog } from './kafka-log.ts'

/** The offsets that a member commits, generation by generation of its group. */
export interface GenerationCommits {
  /** The group has formed anew: what was fetched before is fetched again, here or by another member. */
  begin(commitNow: Consumer['commitOffsets']): void
  /** Stands for the generation: another one is another object. */
  generation(): object
  /** A partition is read from this offset on; only the first time in a generation says anything. */
  startsAt(topic: string, partition: number, offset: number): void
  /** How to commit once, without kafkajs's own retries. */
  by(commitOnce: EachBatchPayload['commitOffsetsIfNecessary']): void
  /** Offsets are durable and not committed yet. */
  arePending(): boolean
  /** Never sets back what stands, and never throws: what was not committed comes again, which changes nothing. */
  commit(positions: TakenBatch['positions']): Promise<void>
}

export function createGenerationCommits({ log }: { readonly log: KafkaLog }): GenerationCommits {
  const uncommitted = new Map<string, { topic: string; partition: number; next: number }>()
  /** How far each partition is in this generation of the group: from where it was fetched, then what was committed. */
  let reached = new Map<string, number>()
  let commitNow: Consumer['commitOffsets'] | undefined
  let commitOnce: EachBatchPayload['commitOffsetsIfNecessary'] | undefined

  /** Once: kafkajs's own retries would repeat it, after a change of the group, for partitions that are another member's by then. */
  const commitInGeneration = async (positions: readonly { topic: string; partition: number; next: number }[]) => {
    const offsets = positions.map(({ topic, partition, next }) => ({ topic, partition, offset: String(next) }))
    if (commitOnce === undefined) {
      await commitNow?.(offsets) // nothing but marks was fetched in this generation
      return
    }
    const topics = [...new Set(offsets.map(({ topic }) => topic))]
    const partitionsOf = (topic: string) => offsets.filter((offset) => offset.topic === topic)
    await commitOnce({ topics: topics.map((topic) => ({ topic, partitions: partitionsOf(topic) })) })
  }

  return {
    begin: (commit) => {
      reached = new Map()
      commitNow = commit
      commitOnce = undefined
    },
    generation: () => reached,
    startsAt: (topic, partition, offset) => {
      const name = `${topic}/${partition}`
      if (!reached.has(name)) reached.set(name, offset)
    },
    by: (once) => {
      commitOnce = once
    },
    arePending: () => uncommitted.size > 0,
    // A batch that was handled over a change of the group may be behind what another member has committed since, and where nothing more came,
    // nobody would put that right. What was not fetched in this generation comes again or is done.
    commit: async (positions) => {
      for (const [name, position] of positions) uncommitted.set(name, position)
      const generation = reached
      const due = [...uncommitted].filter(
        ([name, { next }]) => next > (generation.get(name) ?? Number.POSITIVE_INFINITY),
      )
      try {
        if (due.length > 0) await commitInGeneration(due.map(([, position]) => position))
        for (const [name, { next }] of due) generation.set(name, next)
        uncommitted.clear()
      } catch (error) {
        // The rows are durable; a commit refused in a rebalance only means that they come once more, which changes nothing.
        log.warn({ err: error }, 'offsets were not committed, trying again')
      }
    },
  }
}
