import type { Admin } from 'kafkajs'
import { orAborted } from './or-aborted.ts'

/** Where a group stands in one partition; offsets are whole numbers below 2^53. */
export interface PartitionStanding {
  readonly topic: string
  readonly partition: number
  /** The next offset that the group has not finished; where it never committed, the first one that Kafka has. */
  readonly committed: number
  /** The offset that the next message will have. */
  readonly end: number
}

export interface GroupStandings {
  /** @throws when Kafka does not answer; the next call connects anew. */
  of(groupId: string, topics: readonly string[]): Promise<readonly PartitionStanding[]>
  /** Who is still waiting for an answer waits no longer: a stop does not outwait brokers that are away. */
  close(): Promise<void>
}

/** What is asked of Kafka; a client of it fits. */
export interface StandingsSource {
  admin(): Pick<Admin, 'connect' | 'disconnect' | 'fetchTopicOffsets' | 'fetchOffsets'>
}

export async function standingsOf(
  admin: Pick<Admin, 'fetchTopicOffsets' | 'fetchOffsets'>,
  groupId: string,
  topics: readonly string[],
): Promise<readonly PartitionStanding[]> {
  // First what is finished: what comes in between is then told as still to be done, and never the other way round.
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] })
  const standings: PartitionStanding[] = []
  for (const { topic, partitions } of committed) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic)) {
      const at = Number(partitions.find((known) => known.partition === partition)?.offset ?? -1)
      standings.push({ topic, partition, committed: at < 0 ? Number(low) : at, end: Number(high) })
    }
  }
  return standings
}

/** Asks Kafka again and again where groups stand, over one connection that is made when it is first needed. */
export function createGroupStandings(kafka: StandingsSource): GroupStandings {
  type Connected = ReturnType<StandingsSource['admin']>
  const closing = new AbortController()
  let connecting: Promise<Connected> | undefined
  let connected: Connected | undefined
  const connect = async () => {
    const admin = kafka.admin()
    await admin.connect()
    connected = admin
    if (closing.signal.aborted) await leave()
    return admin
  }
  const leave = async () => {
    const leaving = connected
    connecting = undefined
    connected = undefined
    await leaving?.disconnect()
  }
  return {
    of: async (groupId, topics) => {
      connecting ??= connect()
      try {
        return await orAborted(
          connecting.then((admin) => standingsOf(admin, groupId, topics)),
          closing.signal,
        )
      } catch (error) {
        // Of a connection that is lost there is nothing to wait for.
        leave().catch(() => undefined)
        throw error
      }
    },
    close: async () => {
      closing.abort()
      // kafkajs says goodbye only when every answer that is owed has come.
      leave().catch(() => undefined)
    },
  }
}
