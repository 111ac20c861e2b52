import { ClickHouseError } from '@clickhouse/client'
import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { explainClickHouse, explainKafka } from './server-fault.ts'

// Their constructors' types are not those of what they take.
type ErrorClass = new (...parts: unknown[]) => Error
const { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } =
  kafkajs as unknown as {
    readonly KafkaJSConnectionError: ErrorClass
    readonly KafkaJSNonRetriableError: ErrorClass
    readonly KafkaJSNumberOfRetriesExceeded: ErrorClass
    readonly KafkaJSProtocolError: ErrorClass
  }

const kafka = { brokers: 'kafka-1:9092', tls: false, mechanism: 'plain', user: 'bina' }
const server = { url: 'http://clickhouse:8123/bina', user: 'bina_write' }

const connectionError = (code: string) =>
  new KafkaJSNumberOfRetriesExceeded(new KafkaJSConnectionError(`Connection error: ${code}`, { code }), {
    retryCount: 8,
    retryTime: 1,
  })

describe("a server's fault", () => {
  it.each([
    ['a closed port', connectionError('ECONNREFUSED'), /Nothing listens at kafka-1:9092/, /KAFKA_BROKERS.*npx bina up/],
    ['a name that nobody knows', connectionError('ENOTFOUND'), /leads to no machine/, /KAFKA_BROKERS/],
    ['a silent host', new KafkaJSConnectionError('Connection timeout', {}), /does not answer/, /KAFKA_BROKERS/],
    ['another protocol', connectionError('ECONNRESET'), /does not talk as Kafka does without TLS/, /KAFKA_TLS=true/],
    [
      'a certificate that does not hold',
      connectionError('DEPTH_ZERO_SELF_SIGNED_CERT'),
      /not trusted/,
      /KAFKA_TLS_CA_FILE/,
    ],
    [
      'a refused login',
      new KafkaJSProtocolError({ message: 'no', type: 'SASL_AUTHENTICATION_FAILED', code: 58 }),
      /refuses the login as bina by plain/,
      /KAFKA_SASL_PASSWORD/,
    ],
    [
      'a mechanism that is not offered',
      new KafkaJSProtocolError({ message: 'no', type: 'UNSUPPORTED_SASL_MECHANISM', code: 33 }),
      /takes no login by plain/,
      /KAFKA_SASL_MECHANISM/,
    ],
    [
      'a missing right',
      new KafkaJSProtocolError({ message: 'no', type: 'TOPIC_AUTHORIZATION_FAILED', code: 29 }),
      /does not allow/,
      /grant READ/,
    ],
    [
      'a missing topic',
      new KafkaJSProtocolError({ message: 'no', type: 'UNKNOWN_TOPIC_OR_PARTITION', code: 3 }),
      /topic is missing/,
      /bina migrate/,
    ],
  ])('of Kafka: %s is told in a sentence of its own, with what to do', (_, error, message, next) => {
    expect(explainKafka(error, kafka)?.message).toMatch(message)
    expect(explainKafka(error, kafka)?.next).toMatch(next)
  })

  const refused = (code: string, text: string) => new ClickHouseError({ message: text, code, type: '' })
  const broken = (code: string) => Object.assign(new Error(code), { code })
  it.each([
    ['a wrong password', refused('516', 'Authentication failed'), /refuses the user bina_write/, /CLICKHOUSE_PASSWORD/],
    [
      'a wrong password of the default user',
      refused('194', 'Authentication failed'),
      /refuses the user/,
      /CLICKHOUSE_PASSWORD/,
    ],
    ['a missing database', refused('81', 'no such database'), /has no database bina\./, /bina migrate/],
    [
      'a missing table',
      refused('60', 'no such table'),
      /table or view is missing in the database bina/,
      /bina migrate/,
    ],
    ['a missing right', refused('497', 'not enough privileges'), /does not allow this to the user bina_write/, /Grant/],
    ['the native port', new Error('Port 9000 is for clickhouse-client program'), /native port/, /8123/],
    ['a closed port', broken('ECONNREFUSED'), /Nothing listens at clickhouse:8123/, /CLICKHOUSE_URL.*npx bina up/],
    ['a port without TLS', broken('EPROTO'), /speaks no TLS/, /http:\/\//],
    ['another protocol', broken('HPE_INVALID_CONSTANT'), /does not talk HTTP\./, /8123/],
    ['a bug of ours', new TypeError('x is undefined'), undefined, undefined],
  ])('of ClickHouse: %s is told in a sentence of its own, with what to do', (_, error, message, next) => {
    const explained = explainClickHouse(error, server)
    if (message === undefined) expect(explained).toBeUndefined()
    else {
      expect(explained?.message).toMatch(message)
      expect(explained?.next).toMatch(next)
    }
  })

  it('that nobody has words for is left to show itself', () => {
    expect(explainKafka(new KafkaJSNonRetriableError('odd'), kafka)).toBeUndefined()
    expect(explainKafka(new Error('odd'), kafka)).toBeUndefined()
  })
})
