import type { Kafka } from '@bina/kafka/connect'

const brokerResource = 4

/** How soon the broker notices that a worker is dead, at the least; as short as a heartbeat of a busy machine allows where it lets us. */
export async function shortestSessionMs(kafka: Kafka): Promise<number> {
  const admin = kafka.admin()
  await admin.connect()
  const { brokers } = await admin.describeCluster()
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: brokers.slice(0, 1).map(({ nodeId }) => ({
      type: brokerResource,
      name: String(nodeId),
      configNames: ['group.min.session.timeout.ms'],
    })),
  })
  await admin.disconnect()
  const least = resources
    .flatMap(({ configEntries }) => configEntries)
    .find(({ configName }) => configName === 'group.min.session.timeout.ms')
  return Math.max(2_000, Number(least?.configValue ?? 6_000))
}
