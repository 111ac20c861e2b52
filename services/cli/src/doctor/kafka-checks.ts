import { type TopicName, topicName, topics } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { connectKafka } from '@bina/kafka/connect'
import { createLogger } from '@bina/runtime/logger'
import { kafkaSettings } from '@bina/runtime/settings'
import type { kafkaVariables } from '@bina/runtime/variables'
import type { z } from 'zod'
import { networkFault } from '../network-fault.ts'
import { explainKafka } from '../server-fault.ts'
import { tcpProbe } from '../tcp-probe.ts'
import { type Check, fail, failed, ok, warn } from './check.ts'

type KafkaConfig = z.infer<z.ZodObject<typeof kafkaVariables>>

const probeMs = 3_000

/** Each broker that is named, the login, and the topics. */
export async function kafkaChecks(config: KafkaConfig): Promise<readonly Check[]> {
  const brokers = config.KAFKA_BROKERS
  const probes = await Promise.all(brokers.map(async (broker) => ({ broker, code: await probe(broker) })))
  const silent = probes.flatMap(({ broker, code }) => {
    const fault = networkFault(code, { server: 'Kafka', address: broker, variable: 'KAFKA_BROKERS' })
    if (code === undefined) return []
    return [fault ?? { message: `${broker} cannot be reached (${code}).`, next: 'Correct KAFKA_BROKERS.' }]
  })
  // One broker that answers is enough to work with; then the others are worth a warning.
  const verdict = silent.length < brokers.length ? warn : fail
  const unreachable = silent.map(({ message, next }) => verdict('kafka', message, next))
  if (silent.length === brokers.length) return unreachable
  return [...unreachable, ...(await clusterChecks(config))]
}

const probe = (broker: string) => {
  const [host = '', port = ''] = broker.split(':')
  return tcpProbe(host, Number(port), probeMs)
}

async function clusterChecks(config: KafkaConfig): Promise<readonly Check[]> {
  const brokers = config.KAFKA_BROKERS.join(', ')
  const address = {
    brokers,
    tls: config.KAFKA_TLS,
    mechanism: config.KAFKA_SASL_MECHANISM,
    user: config.KAFKA_SASL_USERNAME,
  }
  const log = createLogger({ service: 'cli', level: 'silent' })
  try {
    // Somebody waits at the terminal: one more try, not eight.
    const admin = await createKafkaAdmin(connectKafka({ ...kafkaSettings(config, 'doctor'), retries: 1 }, { log }))
    try {
      const members = await admin.brokers()
      const wanted = topics.map(({ name, partitions }) => ({
        name: topicName(config.KAFKA_TOPIC_PREFIX, name as TopicName),
        partitions,
      }))
      const found = await admin.partitionsOf(wanted.map(({ name }) => name))
      const count = `${members.length} broker${members.length === 1 ? '' : 's'}`
      return [ok('kafka', `Kafka answers at ${brokers} (${count}).`), ...topicChecks(wanted, found)]
    } finally {
      await admin.close()
    }
  } catch (error) {
    return [failed('kafka', error, explainKafka(error, address))]
  }
}

export function topicChecks(
  wanted: readonly { readonly name: string; readonly partitions: number }[],
  found: ReadonlyMap<string, number>,
): readonly Check[] {
  const missing = wanted.filter(({ name }) => !found.has(name)).map(({ name }) => name)
  const narrow = wanted.filter(({ name, partitions }) => (found.get(name) ?? partitions) < partitions)
  const checks: Check[] = []
  if (missing.length > 0) {
    const message = `${missing.length} of ${wanted.length} topics are missing: ${missing.join(', ')}.`
    const next =
      'Make them with: npx bina migrate. Where they are there, this user may not see them: grant it DESCRIBE.'
    checks.push(fail('topics', message, next))
  }
  for (const { name, partitions } of narrow) {
    const message = `${name} has ${found.get(name)} partitions instead of ${partitions}, so fewer workers can share it.`
    const add = `kafka-topics.sh --bootstrap-server HOST:PORT --alter --topic ${name} --partitions ${partitions}`
    checks.push(warn('topics', message, `Where that is too few, add some: ${add}`))
  }
  if (checks.length === 0) checks.push(ok('topics', `All ${wanted.length} topics are there.`))
  return checks
}
