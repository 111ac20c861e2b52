import { withAdmin } from './with-admin.ts'

// kafkajs's admin asks all leaders of a topic at once, and one that is away leaves it without an answer. Its cluster can be asked for a part
// of the partitions. It is no interface, so a test holds its answers against the admin's.

interface Cluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  addTargetTopic(topic: string): Promise<void>
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number; readonly leader: number }[]
  fetchTopicsOffset(
    topics: readonly {
      readonly topic: string
      readonly fromBeginning: boolean
      readonly partitions: readonly { readonly partition: number }[]
    }[],
  ): Promise<readonly { readonly partitions: readonly { readonly partition: number; readonly offset: string }[] }[]>
}

/** The first offset that the log of a partition has, and the one that its next message gets. */
export interface PartitionEnds {
  readonly partition: number
  readonly low: number
  readonly high: number
}

/** Under this symbol each client of kafkajs makes its clusters. */
export const clusterSymbol = 'private:Kafka:createCluster'

/** The ends of a topic's partitions whose leaders answer. @throws where none does, or where a partition has no leader: kafkajs can then read
 *  nothing of the topic. */
export function answeredEnds(
  kafka: object,
  topic: string,
  signal: AbortSignal | undefined,
): Promise<readonly PartitionEnds[]> {
  return withAdmin({ admin: () => clusterOf(kafka) }, signal, async (cluster) => {
    await cluster.addTargetTopic(topic)
    const byLeader = new Map<number, { readonly partition: number }[]>()
    for (const { leader, partitionId } of cluster.findTopicPartitionMetadata(topic))
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), { partition: partitionId }])
    const answers = await Promise.allSettled(
      [...byLeader.values()].map(async (partitions) => {
        const ask = async (fromBeginning: boolean) => {
          const found = await cluster.fetchTopicsOffset([{ topic, fromBeginning, partitions }])
          return new Map(
            found.flatMap((one) => one.partitions.map(({ partition, offset }) => [partition, Number(offset)])),
          )
        }
        const highs = await ask(false)
        const lows = await ask(true)
        return [...highs].map(([partition, high]) => ({ partition, high, low: lows.get(partition) ?? high }))
      }),
    )
    return answered(answers).flat()
  })
}

/** What came of some questions; throws where all of them failed. */
export function answered<T>(answers: readonly PromiseSettledResult<T>[]): readonly T[] {
  const [failed] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []))
  const came = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  if (came.length === 0 && failed !== undefined) throw failed.reason
  return came
}

function clusterOf(kafka: object): Cluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === clusterSymbol)
  if (symbol === undefined) throw new Error('this client of kafkajs makes no clusters')
  const create = (kafka as Record<symbol, (options: object) => Cluster>)[symbol] as (options: object) => Cluster
  return create({ allowAutoTopicCreation: false })
}
