import { setTimeout as wait } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { isPassingKafkaError } from './kafka-error.ts'
import { withAdmin } from './with-admin.ts'

export interface Stage {
  readonly groupId: string
  readonly topics: readonly string[]
  /** How often work of this stage may make more work for itself. */
  readonly rounds: number
}

/** What is asked of Kafka; a client of it fits. */
export interface OffsetsSource {
  admin(): Pick<Admin, 'connect' | 'disconnect' | 'fetchTopicOffsets' | 'fetchOffsets'>
}

export interface CaughtUpOptions {
  readonly timeoutMs: number
  /** How many messages a stage may still have to do and count as done. Default: none. */
  readonly maxLag?: number
  /** Called with what is still to be done, every half second. */
  readonly onWait?: (stage: Stage, remaining: number) => void
  readonly signal?: AbortSignal
}

const pollMs = 250

/** Waits until everything that is in Kafka now has gone through all stages: for each in turn, until its group has committed
 *  what its topics held when the stage before was done. What comes in meanwhile is not waited for.
 *  Undefined when done, else which stage did not get there in time. */
export async function caughtUp(
  kafka: OffsetsSource,
  stages: readonly Stage[],
  options: CaughtUpOptions,
): Promise<string | undefined> {
  const { signal } = options
  const deadlineMs = Date.now() + options.timeoutMs
  const pause = () => wait(pollMs, undefined, signal === undefined ? {} : { signal })
  // A leader that has just been chosen, as for a new topic, is not one yet for a moment.
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    for (;;) {
      signal?.throwIfAborted()
      try {
        return await question()
      } catch (error) {
        if (!isPassingKafkaError(error) || Date.now() > deadlineMs) throw error
      }
      await pause()
    }
  }
  return withAdmin(kafka, signal, async (admin) => {
    const endsOf = async (stage: Stage) => {
      const ends = new Map<string, number>()
      for (const topic of stage.topics) {
        for (const { partition, high, low } of await ask(() => admin.fetchTopicOffsets(topic))) {
          if (Number(high) > Number(low)) ends.set(`${topic}/${partition}`, Number(high))
        }
      }
      return ends
    }
    const remainingOf = async (stage: Stage, ends: ReadonlyMap<string, number>) => {
      let remaining = 0
      for (const { topic, partitions } of await ask(() =>
        admin.fetchOffsets({ groupId: stage.groupId, topics: [...stage.topics] }),
      )) {
        for (const { partition, offset } of partitions) {
          remaining += Math.max(0, (ends.get(`${topic}/${partition}`) ?? 0) - Math.max(0, Number(offset)))
        }
      }
      return remaining
    }
    for (const stage of stages) {
      for (let round = 0; round < stage.rounds; round++) {
        const ends = await endsOf(stage)
        for (;;) {
          const remaining = await remainingOf(stage, ends)
          if (remaining <= (options.maxLag ?? 0)) break
          if (Date.now() > deadlineMs)
            return `${stage.groupId} is ${remaining} messages behind on ${stage.topics.join(', ')}`
          options.onWait?.(stage, remaining)
          await pause()
        }
      }
    }
    return undefined
  })
}
