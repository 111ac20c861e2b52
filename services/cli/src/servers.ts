import { connectClickHouse } from '@bina/clickhouse/connect'
import { connectKafka } from '@bina/kafka/connect'
import type { Environment } from '@bina/runtime/config'
import { createLogger } from '@bina/runtime/logger'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { readServers } from './variables.ts'

/** Clients for one command; closed when it ends. */
export async function withServers<T>(
  env: Environment,
  work: (servers: ReturnType<typeof connect>) => Promise<T>,
): Promise<T> {
  const servers = connect(env)
  try {
    return await work(servers)
  } finally {
    await servers.clickhouse.close()
  }
}

function connect(env: Environment) {
  const config = readServers(env)
  const log = createLogger({ service: 'cli', level: 'silent' })
  return {
    config,
    topicPrefix: config.KAFKA_TOPIC_PREFIX,
    zone: config.BINA_TIMEZONE,
    kafka: connectKafka(kafkaSettings(config, 'cli'), { log }),
    clickhouse: connectClickHouse(clickHouseSettings(config, 'cli')),
  }
}

export type Servers = ReturnType<typeof connect>
