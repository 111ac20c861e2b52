import { clickHouseFaultOf } from '@bina/clickhouse/clickhouse-fault'
import { databaseOf } from '@bina/clickhouse/connect'
import { kafkaFaultOf } from '@bina/kafka/kafka-fault'
import { type Explained, networkFault } from './network-fault.ts'

/** What of the configuration an explanation may speak of: names and addresses, never a secret. */
export interface KafkaAddress {
  readonly brokers: string
  readonly tls: boolean
  readonly mechanism: string | undefined
  readonly user: string | undefined
}

/** Undefined when the error is none of Kafka's. */
export function explainKafka(error: unknown, address: KafkaAddress): Explained | undefined {
  const { brokers, tls, mechanism, user } = address
  const fault = kafkaFaultOf(error)
  if (fault === undefined) return undefined
  const login = mechanism === undefined ? 'without a login' : `as ${user ?? 'nobody'} by ${mechanism}`
  switch (fault.kind) {
    case 'login':
      return {
        message: `Kafka at ${brokers} refuses the login ${login}: the user is unknown or the password is wrong.`,
        next: 'Set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD (or KAFKA_SASL_PASSWORD_FILE) to those of the brokers.',
      }
    case 'mechanism':
      return {
        message: `Kafka at ${brokers} takes no login by ${mechanism ?? 'this mechanism'} at this port.`,
        next: 'Set KAFKA_SASL_MECHANISM to what the brokers offer there; unset it where they want no login.',
      }
    case 'not_allowed':
      return {
        message: `Kafka at ${brokers} does not allow this ${login}.`,
        next: 'Have its administrator grant READ, WRITE and DESCRIBE on the topics bina.* and READ on the groups bina-*, each with KAFKA_TOPIC_PREFIX before it.',
      }
    case 'no_topic':
      return { message: `A topic is missing on Kafka at ${brokers}.`, next: 'Make it with: npx bina migrate' }
    case 'connection':
      return (
        networkFault(fault.code, { server: 'Kafka', address: brokers, variable: 'KAFKA_BROKERS' }) ?? cut(brokers, tls)
      )
    case 'other':
      return undefined
    default:
      return fault satisfies never
  }
}

/** It listens, but does not talk: the two sides expect another kind of conversation. */
const cut = (brokers: string, tls: boolean): Explained => ({
  message: `Something listens at ${brokers} but does not talk as Kafka does ${tls ? 'over TLS' : 'without TLS'}.`,
  next: tls
    ? 'Unset KAFKA_TLS where this port speaks no TLS, or correct the port in KAFKA_BROKERS.'
    : 'Set KAFKA_TLS=true where this port speaks TLS, KAFKA_SASL_MECHANISM where it wants a login, or correct the port in KAFKA_BROKERS.',
})

/** Undefined when the error is neither ClickHouse's nor one of the way to it. */
export function explainClickHouse(
  error: unknown,
  server: { readonly url: string; readonly user: string },
): Explained | undefined {
  const { host } = new URL(server.url)
  const fault = clickHouseFaultOf(error)
  switch (fault) {
    case undefined: {
      const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
      const text = error instanceof Error ? error.message : ''
      const address = { server: 'ClickHouse', address: host, variable: 'CLICKHOUSE_URL' }
      const silent = /^Timeout error/.test(text) ? 'ETIMEDOUT' : undefined
      return networkFault(code ?? silent, address) ?? otherConversation(code, text, server.url)
    }
    case 'login':
      return {
        message: `ClickHouse at ${host} refuses the user ${server.user}: it is unknown or the password is wrong.`,
        next: 'Set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD (or CLICKHOUSE_PASSWORD_FILE) to those of the server.',
      }
    case 'no_database':
      return {
        message: `ClickHouse at ${host} has no database ${databaseOf(server.url)}.`,
        next: 'Make it with: npx bina migrate',
      }
    case 'no_table':
      return {
        message: `A table or view is missing in the database ${databaseOf(server.url)} of ClickHouse at ${host}.`,
        next: 'Make it with: npx bina migrate',
      }
    case 'not_allowed':
      return {
        message: `ClickHouse at ${host} does not allow this to the user ${server.user}.`,
        next: `Grant that user rights on the database ${databaseOf(server.url)}, or set CLICKHOUSE_USER to one that has them.`,
      }
    case 'only_reads':
      return {
        message: `ClickHouse at ${host} lets the user ${server.user} read only.`,
        next: 'Take readonly out of the profile of that user, or set CLICKHOUSE_USER to one that may write.',
      }
    case 'other':
      return undefined
    default:
      return fault satisfies never
  }
}

function otherConversation(code: string | undefined, text: string, url: string): Explained | undefined {
  const { host, protocol } = new URL(url)
  const httpPort = 'CLICKHOUSE_URL takes the HTTP port of ClickHouse, mostly 8123 (TLS 8443), not the native one.'
  if (/is for clickhouse-client/.test(text)) {
    return { message: `${host} is the native port of a ClickHouse.`, next: httpPort }
  }
  if (code === 'EPROTO') {
    return {
      message: `${host} speaks no TLS.`,
      next: 'Begin CLICKHOUSE_URL with http:// or name the port that speaks TLS.',
    }
  }
  if (code === 'ECONNRESET' || code?.startsWith('HPE_') === true) {
    const over = protocol === 'https:' ? 'HTTPS' : 'HTTP'
    return {
      message: `${host} cut the connection: the server ended meanwhile, or what listens there does not talk ${over}.`,
      next: `See whether it runs. ${httpPort}`,
    }
  }
  return undefined
}
