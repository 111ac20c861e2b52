import type { z } from 'zod'
import { ConfigError, type ConfigRule } from './config.ts'
import { kafkaRules, mailRules } from './config-rules.ts'
import type { clickHouseVariables, kafkaVariables, mailVariables } from './variables.ts'

type Values<S extends z.ZodRawShape> = z.infer<z.ZodObject<S>>

/** What a Kafka client needs, from the variables. @throws ConfigError where they do not go together, before anything connects. */
export function kafkaSettings(config: Values<typeof kafkaVariables>, clientId: string) {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config
  refuse(kafkaRules, config)
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

/** What the mailer needs, from the variables. @throws ConfigError for a half of a signature, before anything is sent. */
export function smtpSettings(config: Values<typeof mailVariables>) {
  const { SMTP_DKIM_DOMAIN: domain, SMTP_DKIM_SELECTOR: selector, SMTP_DKIM_KEY: privateKey } = config
  refuse(mailRules, config)
  const isWhole = domain !== undefined && selector !== undefined && privateKey !== undefined
  return {
    url: config.SMTP_URL,
    ...(config.SMTP_TLS === undefined ? {} : { tls: config.SMTP_TLS }),
    maxConnections: config.SMTP_MAX_CONNECTIONS,
    ...(config.SMTP_MAILS_PER_SECOND === 0 ? {} : { maxMailsPerSecond: config.SMTP_MAILS_PER_SECOND }),
    ...(isWhole ? { dkim: { domain, selector, privateKey } } : {}),
  }
}

function refuse<C>(rules: readonly ConfigRule<C>[], config: C): void {
  const problems = rules.flatMap((rule) => rule(config) ?? [])
  if (problems.length > 0) throw new ConfigError(problems)
}
