import kafkajs from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { isPassingKafkaError, isTooLargeForKafka } from './kafka-error.ts'
import { kafkaFaultOf } from './kafka-fault.ts'

// kafkajs's types know less of its constructors than these take.
const make = (name: keyof typeof kafkajs, ...given: readonly unknown[]): Error =>
  Reflect.construct(kafkajs[name] as new () => Error, given)
const protocol = (type: string, retriable: boolean) =>
  make('KafkaJSProtocolError', { name: 'KafkaJSError', message: type, type, code: 1, retriable })
const connection = (code?: string, message = 'Connection error') =>
  make('KafkaJSConnectionError', message, { broker: 'kafka:9092', ...(code === undefined ? {} : { code }) })
const gaveUp = (cause: Error) => make('KafkaJSNumberOfRetriesExceeded', cause, { retryCount: 8, retryTime: 5_000 })
const login = make('KafkaJSSASLAuthenticationError', 'Authentication failed')

describe('what passes when a worker waits', () => {
  it.each([
    ['a broker that is away', connection('ECONNREFUSED')],
    ['a leader that moves', protocol('NOT_LEADER_FOR_PARTITION', true)],
    ['a broker that is slow', make('KafkaJSRequestTimeoutError', 'Request timed out')],
    ['brokers that kafkajs gave up on', gaveUp(connection('ECONNREFUSED'))],
    ['a connection that broke without a word', gaveUp(new Error('socket closed'))],
    ['a group of which no broker knows', make('KafkaJSGroupCoordinatorNotFound', 'Failed to find group coordinator')],
    ['a topic that is being made', gaveUp(protocol('UNKNOWN_TOPIC_OR_PARTITION', true))],
    [
      'a final error because of a passing one',
      make('KafkaJSNonRetriableError', 'in vain', { cause: connection('ECONNRESET') }),
    ],
  ])('%s', (_, error) => {
    expect(isPassingKafkaError(error)).toBe(true)
  })

  it.each([
    ['a login that is refused', login],
    ['a login that kafkajs tried several times', gaveUp(login)],
    ['a right that is missing', protocol('TOPIC_AUTHORIZATION_FAILED', false)],
    ['a right that is missing after several tries', gaveUp(protocol('GROUP_AUTHORIZATION_FAILED', true))],
    ['a mechanism that the broker does not have', protocol('UNSUPPORTED_SASL_MECHANISM', true)],
    ['a message that is too large', protocol('MESSAGE_TOO_LARGE', false)],
    ['a fault of ours', new TypeError('x is not a function')],
    ["an error of somebody else's", Object.assign(new Error('away'), { retriable: true })],
    ['no error at all', 'away'],
    ['nothing', undefined],
  ])('not %s', (_, error) => {
    expect(isPassingKafkaError(error)).toBe(false)
  })
})

it('knows what is too large for a broker, also where kafkajs says only that it will not try again', () => {
  const tooLarge = protocol('MESSAGE_TOO_LARGE', false)
  expect(isTooLargeForKafka(tooLarge)).toBe(true)
  expect(isTooLargeForKafka(make('KafkaJSNonRetriableError', 'in vain', { cause: tooLarge }))).toBe(true)
  expect(isTooLargeForKafka(protocol('RECORD_LIST_TOO_LARGE', false))).toBe(true)
  expect(isTooLargeForKafka(connection('ECONNREFUSED'))).toBe(false)
  expect(isTooLargeForKafka(new Error('MESSAGE_TOO_LARGE'))).toBe(false)
})

describe('what an operator is told of', () => {
  it.each([
    [login, { kind: 'login' }],
    [gaveUp(login), { kind: 'login' }],
    [protocol('SASL_AUTHENTICATION_FAILED', false), { kind: 'login' }],
    [protocol('ILLEGAL_SASL_STATE', false), { kind: 'mechanism' }],
    [protocol('UNSUPPORTED_SASL_MECHANISM', false), { kind: 'mechanism' }],
    [protocol('CLUSTER_AUTHORIZATION_FAILED', false), { kind: 'not_allowed' }],
    [protocol('UNKNOWN_TOPIC_OR_PARTITION', true), { kind: 'no_topic' }],
    [gaveUp(connection('ECONNREFUSED')), { kind: 'connection', code: 'ECONNREFUSED' }],
    [connection(undefined, 'Connection timeout'), { kind: 'connection', code: 'ETIMEDOUT' }],
    [connection(), { kind: 'connection', code: undefined }],
    [protocol('INVALID_TOPIC_EXCEPTION', false), { kind: 'other' }],
    [new TypeError('x'), undefined],
    ['away', undefined],
  ])('%o', (error, fault) => {
    expect(kafkaFaultOf(error)).toEqual(fault)
  })
})
