import { connectKafka, type KafkaSettings } from './connect.ts'
import { kafkaFaultOf } from './kafka-fault.ts'
import type { KafkaLog } from './kafka-log.ts'
import { orAborted } from './or-aborted.ts'

/**
 * Resolves when a broker answers, lets us in and knows the topics; changes nothing. It throws after a second or two, as kafkajs does, where
 * a client's own start tries for a quarter of a minute and cannot be called off: whoever waits for Kafka waits with this.
 */
export async function reachKafka(
  settings: KafkaSettings,
  given: { readonly topics: readonly string[]; readonly log: Pick<KafkaLog, 'debug'>; readonly signal?: AbortSignal },
): Promise<void> {
  const { topics, signal } = given
  const debug = given.log.debug.bind(given.log)
  // Each try at the next broker of the list.
  const retries = settings.brokers.length
  const kafka = connectKafka({ ...settings, retries }, { log: { error: debug, warn: debug, info: debug, debug } })
  const admin = kafka.admin()
  try {
    await orAborted(admin.connect(), signal)
    await orAborted(admin.fetchTopicMetadata({ topics: [...topics] }), signal)
  } finally {
    admin.disconnect().catch(() => undefined)
  }
}

/** Why Kafka is not reached, in words for the log of whoever waits or ends. */
export function whyNotReached(error: unknown, brokers: readonly string[]): string {
  const at = `Kafka at ${brokers.join(',')}`
  const fault = kafkaFaultOf(error)
  switch (fault?.kind) {
    case 'login':
      return `${at} refuses the login: set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD to those of the brokers`
    case 'mechanism':
      return `${at} takes no such login: set KAFKA_SASL_MECHANISM to what the brokers offer`
    case 'not_allowed':
      return `${at} does not allow this: have its administrator grant READ, WRITE and DESCRIBE on the topics bina.*, READ on the groups bina-*`
    case 'no_topic':
      return `${at} lacks a topic: make it with npx bina migrate`
    case 'connection':
      return `${at} does not answer (${fault.code ?? 'the connection was cut'}): start it, or correct KAFKA_BROKERS; npx bina doctor says more`
    case 'other':
    case undefined:
      return `${at} cannot be used (${error instanceof Error ? error.message : String(error)}); npx bina doctor says more`
    default:
      return fault satisfies never
  }
}
