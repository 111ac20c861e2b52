import { encodeEvent } from '@bina/events/encode-event'
import { attendanceTopic } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { groups } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import kafkajs, { type Producer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { clockIn } from '../harness/plain-events.ts'

describe('a publisher that uses transactions', () => {
  let city: TestCity
  let producer: Producer

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => Date.parse('2026-06-20T12:00:00+07:00'),
    })
    producer = city.kafka.producer({
      transactionalId: `${city.topicPrefix}hr`,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    })
    await producer.connect()
  })

  afterAll(async () => {
    await producer.disconnect()
    await city.stop()
  })

  /** All of one unit: on one partition. */
  const inTransaction = async (names: readonly string[], end: 'commit' | 'abort') => {
    const transaction = await producer.transaction()
    await transaction.send({
      topic: city.topicPrefix + attendanceTopic,
      messages: names.map((name) => {
        const { key, value, headers } = encodeEvent(clockIn(name, { person: name.padEnd(10, '_') }))
        return { key, value, headers: { ...headers } }
      }),
    })
    await transaction[end]()
  }
  /** A transaction has ended for readers only once its mark is in the partition, a moment after its producer knows. */
  const readable = async (messages: number) => {
    const admin = city.kafka.admin()
    await admin.connect()
    await until(
      async () => {
        const ends = await admin.fetchTopicOffsets(city.topicPrefix + attendanceTopic)
        return ends.reduce((sum, { high }) => sum + Number(high), 0) >= messages
      },
      { withinMs: 30_000, what: `the end of the transactions, ${messages} messages with their marks,` },
    )
    await admin.disconnect()
  }
  const ids = async () => (await city.rows<{ id: string }>('SELECT id FROM events ORDER BY id')).map(({ id }) => id)
  const balance = () =>
    city.rows('SELECT received, stored, duplicates, dead_lettered, missing, last_offset FROM ingest_balance')

  it('is not waited for where a transaction ends: its mark is nothing to store', async () => {
    await inTransaction(['a1', 'a2'], 'commit')
    await readable(3)
    await city.settled(60_000)
    expect(await ids()).toEqual(['a1', 'a2'])
    const admin = await createKafkaAdmin(city.kafka)
    const lag = await admin.lagOf(groups.sink(city.topicPrefix), [city.topicPrefix + attendanceTopic])
    await admin.close()
    expect(lag.reduce((sum, one) => sum + one.lag, 0)).toBe(0)
  })

  it('has nothing stored of what it took back, and nothing is waited for when that is all there is', async () => {
    await inTransaction(['b1', 'b2', 'b3'], 'abort')
    await readable(7)
    await city.settled(60_000)
    expect(await ids()).toEqual(['a1', 'a2'])
  })

  it('loses nothing in the balance: what nobody can read is not missing, what nobody settled is', async () => {
    await inTransaction(['c1'], 'commit')
    await inTransaction(['d1'], 'abort')
    await inTransaction(['e1'], 'commit')
    await inTransaction(['f1'], 'abort')
    await readable(15)
    await city.settled(60_000)
    expect(await ids()).toEqual(['a1', 'a2', 'c1', 'e1'])
    // a1 a2 mark, b1 b2 b3 mark, c1 mark, d1 mark, e1
    const whole = { received: 4, stored: 4, duplicates: 0, dead_lettered: 0, missing: 0, last_offset: 11 }
    expect(await balance()).toEqual([whole])
    // The same once more, and begun within a range, as a redelivery may: nothing is counted twice.
    await city.clickhouse.command({
      query: `INSERT INTO ingest_empty (topic, partition, first_offset, last_offset)
        SELECT topic, partition, last_offset, last_offset FROM ingest_empty`,
    })
    expect(await balance()).toEqual([whole])
    // A message that was settled and then compacted away by its broker is empty and received: it makes up for no lost one.
    await city.clickhouse.command({
      query: `INSERT INTO ingest_empty (topic, partition, first_offset, last_offset)
        SELECT topic, partition, offset, offset FROM ingest_offset WHERE offset = 1`,
    })
    expect(await balance()).toEqual([whole])
    await city.clickhouse.command({
      query: 'ALTER TABLE ingest_offset DELETE WHERE offset = 7 SETTINGS mutations_sync = 2',
    })
    expect(await balance()).toEqual([{ ...whole, received: 3, stored: 3, missing: 1 }])
  })
})
