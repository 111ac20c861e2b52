import { createBalanceLog } from '@bina/clickhouse/balance-log'
import { createConflictLog } from '@bina/clickhouse/conflict-log'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createIngestLog } from '@bina/clickhouse/ingest-log'
import { migrate } from '@bina/clickhouse/migrate'
import { encodeEvent } from '@bina/events/encode-event'
import { topics } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { caughtUp } from '@bina/kafka/caught-up'
import { connectKafka } from '@bina/kafka/connect'
import { createDeadLetters } from '@bina/kafka/dead-letters'
import { createGroupStandings } from '@bina/kafka/group-standings'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { createOriginalMessages } from '@bina/kafka/original-messages'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { groups, pipelineStages } from '@bina/pipeline/stages'
import { startAll } from '@bina/runtime/lifecycle'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { freshNames } from '@bina/testkit/test-city'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createSinkWorker } from './app.ts'

const { topicPrefix, database } = freshNames()
const log = createLogger({ service: 'test', level: 'silent' })
const attendance = `${topicPrefix}bina.attendance.v1`
const kafka = connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
const settings = { url: `${inject('clickhouseUrl')}/${database}`, user: 'default', password: '', application: 'test' }
const clickhouse = connectClickHouse(settings)
const metrics = createMetrics({ processMetrics: false })
let stopAll = async () => {}

const clockIn = (id: string, kind: 'in' | 'out' = 'in') =>
  encodeEvent({
    source: '/test/attendance',
    id,
    type: 'bina.attendance.recorded.v1',
    subject: '16.71.05.1003',
    time: '2026-11-09T07:25:00+07:00',
    data: {
      unitId: '16.71.05.1003',
      personKey: `person_${id.slice(0, 3)}_0001`,
      workDate: '2026-11-09',
      kind,
      method: 'device',
    },
  })

const rows = async <T>(query: string): Promise<T[]> =>
  (await clickhouse.query({ query, format: 'JSONEachRow' })).json<T>()

beforeAll(async () => {
  await migrate(settings, { zone: 'Asia/Jakarta' })
  const admin = await createKafkaAdmin(kafka)
  await admin.createTopics(
    topics.map(({ name, partitions, config }) => ({ name: topicPrefix + name, partitions, config })),
  )
  await admin.close()
  const publisher = await createMessagePublisher(kafka)
  const worker = createSinkWorker(
    {
      zone: 'Asia/Jakarta',
      topicPrefix,
      lane: 'live',
      maxRows: 1_000,
      maxBytes: 1_000_000,
      maxWaitMs: 100,
      sessionTimeoutMs: 30_000,
      stallExitMs: 120_000,
      sweepEveryMs: 60_000,
      lagEveryMs: 1_000,
    },
    {
      kafka,
      ingestLog: createIngestLog(clickhouse),
      balanceLog: createBalanceLog(clickhouse),
      standings: createGroupStandings(kafka),
      conflicts: createConflictLog(clickhouse),
      originals: createOriginalMessages(kafka, {
        topicPrefix,
        groupId: groups.originals(topicPrefix),
        timeoutMs: 30_000,
      }),
      deadLetters: createDeadLetters(publisher, { topicPrefix }),
      touches: createTouchPublisher(publisher, { topicPrefix }),
      metrics,
      log,
      clock: Date.now,
    },
  )
  const stop = await startAll([worker.component])
  stopAll = async () => {
    await stop()
    await publisher.close()
    await clickhouse.command({ query: `DROP DATABASE ${database}` })
    await clickhouse.close()
  }
})

afterAll(() => stopAll())

async function stored() {
  const [sink] = pipelineStages(topicPrefix)
  expect(await caughtUp(kafka, [sink], { timeoutMs: 60_000 })).toBeUndefined()
}

describe('the sink worker', () => {
  it('keeps a clock record once, however often and in whichever codec it comes, and sets nonsense aside with its bytes', async () => {
    const producer = kafka.producer({
      // A send that is tried again would be a second message, and this test counts them.
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    })
    await producer.connect()
    const { None, GZIP, Snappy, LZ4 } = kafkajs.CompressionTypes
    for (const [name, compression] of Object.entries({ None, GZIP, Snappy, LZ4 })) {
      const { key, value, headers } = clockIn(`${name.toLowerCase()}-1`)
      await producer.send({
        topic: attendance,
        compression,
        acks: -1,
        messages: [{ key, value, headers: { ...headers } }],
      })
    }
    const { key, value, headers } = clockIn('none-1')
    await producer.send({
      topic: attendance,
      acks: -1,
      messages: [
        { key, value, headers: { ...headers } },
        { key: Buffer.from([0xff, 0x00]), value: Buffer.from([0xc3, 0x28]), headers: { origin: 'turnstile' } },
        { key: 'another-unit', value, headers: { ...headers } },
        { key, value: null },
      ],
    })
    await producer.disconnect()
    await stored()

    expect(await rows('SELECT id FROM events ORDER BY id')).toEqual(
      ['gzip-1', 'lz4-1', 'none-1', 'snappy-1'].map((id) => ({ id })),
    )
    expect(
      await rows(
        'SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(dead_lettered) AS dead, sum(missing) AS missing FROM ingest_balance',
      ),
    ).toEqual([{ received: 8, stored: 4, duplicates: 1, dead: 3, missing: 0 }])
    expect(
      await rows(
        'SELECT reason, base64Encode(bytes) AS bytes, base64Encode(key) AS key FROM dead_letter ORDER BY reason, bytes',
      ),
    ).toEqual([
      { reason: 'key_mismatch', bytes: value.toString('base64'), key: Buffer.from('another-unit').toString('base64') },
      { reason: 'not_json', bytes: '', key: Buffer.from(key).toString('base64') },
      {
        reason: 'not_json',
        bytes: Buffer.from([0xc3, 0x28]).toString('base64'),
        key: Buffer.from([0xff, 0x00]).toString('base64'),
      },
    ])
    expect(await metrics.text()).toContain(
      'sink_settled_messages_total{outcome="not_json",topic="bina.attendance.v1"} 2',
    )
  })

  it('publishes a dead letter with the original key, bytes and headers and the place that it came from', async () => {
    const letters: { key: Buffer | null; value: Buffer | null; headers: Record<string, string> }[] = []
    const consumer = kafka.consumer({ groupId: `${topicPrefix}reader` })
    await consumer.connect()
    await consumer.subscribe({ topics: [`${topicPrefix}bina.dead-letter.v1`], fromBeginning: true })
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ message }) => {
            letters.push({
              key: message.key,
              value: message.value,
              headers: Object.fromEntries(
                Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]),
              ),
            })
            if (letters.length === 3) resolve()
          },
        })
        .catch(reject)
    })
    await consumer.disconnect()
    const broken = letters.find(({ headers }) => headers.origin === 'turnstile')
    expect(broken?.value).toEqual(Buffer.from([0xc3, 0x28]))
    expect(broken?.key).toEqual(Buffer.from([0xff, 0x00]))
    expect(broken?.headers).toMatchObject({ 'bina-reason': 'not_json', 'bina-topic': 'bina.attendance.v1' })
    expect(broken?.headers['bina-offset']).toMatch(/^\d+$/)
  })
})
