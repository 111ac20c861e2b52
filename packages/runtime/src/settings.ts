import type { z } from 'zod'
import { ConfigError } from './config.ts'
import type { clickHouseVariables, kafkaVariables, mailVariables } from './variables.ts'

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

/** What the mailer needs, from the variables. A half of a signature is refused before anything is sent. */
export function smtpSettings(config: Values<typeof mailVariables>) {
  const { SMTP_DKIM_DOMAIN: domain, SMTP_DKIM_SELECTOR: selector, SMTP_DKIM_KEY: privateKey } = config
  const isWhole = domain !== undefined && selector !== undefined && privateKey !== undefined
  if (!isWhole && (domain ?? selector ?? privateKey) !== undefined) {
    throw new ConfigError([
      'SMTP_DKIM_DOMAIN, SMTP_DKIM_SELECTOR and SMTP_DKIM_KEY go together: set all three, or none. Example: SMTP_DKIM_SELECTOR=bina',
    ])
  }
  return {
    url: config.SMTP_URL,
    ...(config.SMTP_TLS === undefined ? {} : { tls: config.SMTP_TLS }),
    maxConnections: config.SMTP_MAX_CONNECTIONS,
    ...(config.SMTP_MAILS_PER_SECOND === 0 ? {} : { maxMailsPerSecond: config.SMTP_MAILS_PER_SECOND }),
    ...(isWhole ? { dkim: { domain, selector, privateKey } } : {}),
  }
}
