import type { z } from 'zod'
import { ConfigError } from './config.ts'
import type { clickHouseVariables, kafkaVariables } from './variables.ts'

type Values<S extends z.ZodRawShape> = z.infer<z.ZodObject<S>>

/** What a Kafka client needs, from the variables. A mechanism without its user is refused before anything connects. */
export function kafkaSettings(config: Values<typeof kafkaVariables>, clientId: string) {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config
  if (mechanism !== undefined && (username === undefined || password === undefined)) {
    throw new ConfigError([
      'KAFKA_SASL_MECHANISM is set, so KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD must be set too. Example: KAFKA_SASL_USERNAME=bina',
    ])
  }
  return {
    brokers: config.KAFKA_BROKERS,
    clientId: `bina-${clientId}`,
    tls: config.KAFKA_TLS,
    tlsCaFile: config.KAFKA_TLS_CA_FILE,
    sasl:
      mechanism === undefined || username === undefined || password === undefined
        ? undefined
        : { mechanism, username, password },
  }
}

/** What a ClickHouse client needs, from the variables. A user and password in the address give way to the variables. */
export function clickHouseSettings(config: Values<typeof clickHouseVariables>, application: string) {
  const url = new URL(config.CLICKHOUSE_URL)
  const user =
    config.CLICKHOUSE_USER !== 'default' || url.username === ''
      ? config.CLICKHOUSE_USER
      : decodeURIComponent(url.username)
  const password = config.CLICKHOUSE_PASSWORD !== '' ? config.CLICKHOUSE_PASSWORD : decodeURIComponent(url.password)
  url.username = ''
  url.password = ''
  return { url: url.href, user, password, application: `bina-${application}` }
}
