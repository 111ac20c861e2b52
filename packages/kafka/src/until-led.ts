import { setTimeout as wait } from 'node:timers/promises'
import type { Admin } from 'kafkajs'

const lookEveryMs = 100
/** A broker that has just made a topic does not know it yet, then knows it and no leader. */
const notYet = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'])

/** Waits until each partition of these topics, which are there, has a leader. kafkajs's own wait takes a busy broker that does not know the
 *  new topic yet for one that does not have it, and gives up. Throws what the broker says last when the time is over. */
export async function untilLed(
  admin: Pick<Admin, 'fetchTopicMetadata'>,
  topics: readonly string[],
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs
  for (;;) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] })
      const led = found.filter(
        ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
      )
      if (led.length === topics.length) return
      if (performance.now() > deadlineMs)
        throw new Error(`Kafka has no leader for all partitions of the new topics after ${timeoutMs / 1000} s`)
    } catch (error) {
      const { type } = error as { readonly type?: string }
      if (type === undefined || !notYet.has(type) || performance.now() > deadlineMs) throw error
    }
    await wait(lookEveryMs)
  }
}
