import { freshNames } from '@bina/testkit/test-city'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createKafkaAdmin, type KafkaAdmin } from './admin.ts'
import { type BatchConsumer, createBatchConsumer } from './batch-consumer.ts'
import { connectKafka } from './connect.ts'
import { createMessagePublisher, type MessagePublisher } from './message-publisher.ts'
import { createProgressWatch, type ProgressWatch } from './progress-watch.ts'

const { topicPrefix } = freshNames()
const topic = `${topicPrefix}narrow`
const group = { groupId: `${topicPrefix}narrow-readers`, topics: [topic], sessionTimeoutMs: 6_000 }
const soon = (what: string) => ({ withinMs: 60_000, what })

describe('a topic with fewer partitions than workers', () => {
  const lines: string[] = []
  const line = (_: object, words: string) => void lines.push(words)
  const log = { error: line, warn: line, info: line, debug: () => {} }
  // Each has its own, as processes have: of one client kafkajs keeps one table of a group's offsets.
  const ownKafka = () => connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
  const kafka = ownKafka()
  const read = new Map<string, string>()
  const workers: { readonly consumer: BatchConsumer; readonly watch: ProgressWatch }[] = []
  let admin: KafkaAdmin
  let publisher: MessagePublisher

  const startWorker = async (name: string) => {
    const kafka = ownKafka()
    const consumer = createBatchConsumer(
      { ...group, maxRows: 100, maxBytes: 1_000_000, maxWaitMs: 50 },
      {
        kafka,
        log,
        isRetryable: () => false,
        handle: async (batch) => {
          for (const { value } of batch) read.set(String(value), name)
        },
      },
    )
    const watch = createProgressWatch(
      { ...group, stallExitMs: 3_000, everyMs: 200, stalledAfterMs: 1_000 },
      { kafka, consumer, log },
    )
    await consumer.start()
    await watch.start()
    workers.push({ consumer, watch })
  }
  const held = () => workers.map(({ consumer }) => Object.values(consumer.state().assigned ?? {}).flat().length)
  const wellness = () => workers.flatMap(({ consumer, watch }) => [consumer.ready(), watch.ready()])
  const publish = (value: string) => publisher.publish([{ topic, key: value, value }])

  beforeAll(async () => {
    admin = await createKafkaAdmin(kafka)
    await admin.createTopics([{ name: topic, partitions: 1, config: {} }])
    publisher = await createMessagePublisher(kafka)
    await startWorker('first')
    await startWorker('second')
    await until(() => held().toSorted().join() === '0,1', soon('one worker with the partition, and one without'))
  })

  afterAll(async () => {
    for (const { consumer, watch } of workers) {
      await watch.stop()
      await consumer.stop()
    }
    await publisher?.close()
    await admin?.close()
  })

  it('has one that stands by, is ready and says so, however long the other works', async () => {
    expect(lines).toContain('holds no partition, since the group has more workers: it stands by')
    // Far longer than a stall that would end it.
    const untilMs = performance.now() + 8_000
    for (let at = 0; performance.now() < untilMs; at++) {
      await publish(`early ${at}`)
      await until(() => read.has(`early ${at}`), soon('the message'))
    }
    expect(wellness()).toEqual([undefined, undefined, undefined, undefined])
    expect(new Set(read.values()).size).toBe(1)
  })

  it('gives it one that is added while all runs, within 20 s, and nothing in it is passed over', async () => {
    const client = kafka.admin()
    await client.connect()
    await client.createPartitions({ topicPartitions: [{ topic, count: 2 }] })
    await client.disconnect()
    const addedAtMs = performance.now()
    // By a publisher that knows of it already.
    const aware = await createMessagePublisher(kafka)
    const values = Array.from({ length: 40 }, (_, at) => `late ${at}`)
    await aware.publish(values.map((value) => ({ topic, key: value, value })))
    await aware.close()
    await until(() => held().join() === '1,1', soon('a partition for each'))
    expect(performance.now() - addedAtMs).toBeLessThan(20_000)
    await until(() => values.every((value) => read.has(value)), soon('what was published meanwhile'))
    expect(new Set(values.map((value) => read.get(value)))).toEqual(new Set(['first', 'second']))
    expect(wellness()).toEqual([undefined, undefined, undefined, undefined])
  })
})
