import type { Environment } from '@bina/runtime/config'
import { clickHouseSettings } from '@bina/runtime/settings'
import type { Explained } from './network-fault.ts'
import { explainClickHouse, explainKafka, type KafkaAddress } from './server-fault.ts'
import { readServers, type ServerConfig } from './variables.ts'

export const kafkaAddressOf = (config: ServerConfig): KafkaAddress => ({
  brokers: config.KAFKA_BROKERS.join(', '),
  tls: config.KAFKA_TLS,
  mechanism: config.KAFKA_SASL_MECHANISM,
  user: config.KAFKA_SASL_USERNAME,
})

/** A server's fault in words; undefined for everything else, which must show itself as it is. */
export function explainError(error: unknown, env: Environment): Explained | undefined {
  let config: ServerConfig
  try {
    config = readServers(env)
  } catch {
    return undefined // what is not configured cannot have failed
  }
  const { url, user } = clickHouseSettings(config, 'cli')
  return explainKafka(error, kafkaAddressOf(config)) ?? explainClickHouse(error, { url, user })
}
