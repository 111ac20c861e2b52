import { join, resolve } from 'node:path'
import { freePort } from './free-port.ts'
import { type KafkaBroker, startKafka } from './kafka-broker.ts'
import { randomClusterId } from './kafka-data-dir.ts'

export interface KafkaClusterConfig {
  /** Each node keeps its data in a folder below. */
  readonly dataDir: string
  readonly jarsDir: string
  /** At least 3, so that one may be away. */
  readonly nodes: number
  /** Largest heap of each, 320 when absent. */
  readonly heapMb?: number
}

export interface KafkaCluster {
  /** `127.0.0.1:port` of every node, separated by commas. */
  readonly bootstrapServers: string
  /** The node as it runs now, or as it ran last; ids begin at 1, as the brokers call themselves. */
  broker(nodeId: number): KafkaBroker
  /** Starts a node again that has ended, on its port and data. */
  restart(nodeId: number): Promise<void>
  /** Ends all by force: nobody needs their data. */
  kill(): Promise<void>
}

/** Several real brokers on 127.0.0.1, each of them a controller too. They end when this process ends. Throws as `startKafka` does. */
export async function startKafkaCluster({
  dataDir,
  jarsDir,
  nodes,
  heapMb = 320,
}: KafkaClusterConfig): Promise<KafkaCluster> {
  const clusterId = randomClusterId()
  const ids = Array.from({ length: nodes }, (_, at) => at + 1)
  const controllers = new Map<number, number>()
  const ports = new Map<number, number>()
  for (const id of ids) {
    controllers.set(id, await freePort())
    ports.set(id, await freePort())
  }
  const start = (nodeId: number) =>
    startKafka({
      dataDir: join(resolve(dataDir), String(nodeId)),
      jarsDir,
      heapMb,
      port: ports.get(nodeId) as number,
      member: { nodeId, clusterId, controllers },
    })
  // None is ready before most are there.
  const outcomes = await Promise.allSettled(ids.map(start))
  const running = new Map<number, KafkaBroker>()
  for (const [at, outcome] of outcomes.entries()) if (outcome.status === 'fulfilled') running.set(at + 1, outcome.value)
  const kill = async () => {
    for (const broker of running.values()) await broker.kill()
  }
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure !== undefined) {
    await kill()
    throw failure.reason
  }
  return {
    bootstrapServers: ids.map((id) => `127.0.0.1:${ports.get(id)}`).join(','),
    broker: (nodeId) => {
      const broker = running.get(nodeId)
      if (broker === undefined) throw new RangeError(`there is no broker ${nodeId}`)
      return broker
    },
    restart: async (nodeId) => {
      running.set(nodeId, await start(nodeId))
    },
    kill,
  }
}
