import { createBalanceLog } from '@bina/clickhouse/balance-log'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { migrate } from '@bina/clickhouse/migrate'
import { encodeEvent } from '@bina/events/encode-event'
import { attendanceTopic, complaintTopic, topics } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { caughtUp } from '@bina/kafka/caught-up'
import { connectKafka } from '@bina/kafka/connect'
import { createGroupStandings } from '@bina/kafka/group-standings'
import { createMessagePublisher, type OutgoingMessage } from '@bina/kafka/message-publisher'
import { groups, pipelineStages } from '@bina/pipeline/stages'
import { createWatchBalance } from '@bina/pipeline/store/watch-balance'
import { startAll } from '@bina/runtime/lifecycle'
import { createLogger } from '@bina/runtime/logger'
import { freshNames } from '@bina/testkit/test-city'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sinkDeps, testSink } from '../harness/test-sink.ts'

const { topicPrefix, database } = freshNames()
const log = createLogger({ service: 'test', level: 'silent' })
const kafka = connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
const settings = { url: `${inject('clickhouseUrl')}/${database}`, user: 'default', password: '', application: 'test' }
const clickhouse = connectClickHouse(settings)
const zone = 'Asia/Jakarta'

const clockIn = (id: string, time = '07:25'): OutgoingMessage => {
  const { key, value, headers } = encodeEvent({
    source: 'urn:palembang:hr',
    id,
    type: 'bina.attendance.recorded.v1',
    subject: '16.71.05.1003',
    time: `2026-11-09T${time}:00+07:00`,
    data: {
      unitId: '16.71.05.1003',
      personKey: `person_${id}`,
      workDate: '2026-11-09',
      kind: 'in',
      method: 'device',
    },
  })
  return { topic: topicPrefix + attendanceTopic, key, value, headers: { ...headers } }
}
const nonsense = (): OutgoingMessage => ({
  topic: topicPrefix + complaintTopic,
  key: 'c-1',
  value: '{"no":',
  headers: {},
})

let publisher: Awaited<ReturnType<typeof createMessagePublisher>>
let stop = async () => {}
let isAway = false
let metricsText: () => Promise<string>

/** The value of a metric with these labels; 0 where it has none yet. */
async function metric(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const sum = (await metricsText())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0)
  return sum
}

async function balance() {
  const text = await metricsText()
  const of = (kind: string) =>
    [...text.matchAll(new RegExp(`^sink_balance_messages\\{topic="[^"]+",kind="${kind}"\\} (\\d+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    )
  return {
    received: of('received'),
    stored: of('stored'),
    duplicates: of('duplicates'),
    deadLettered: of('dead_lettered'),
    inFlight: of('in_flight'),
    missing: of('missing'),
  }
}

beforeAll(async () => {
  await migrate(settings, { zone })
  const admin = await createKafkaAdmin(kafka)
  await admin.createTopics(
    topics.map(({ name, partitions, config }) => ({ name: topicPrefix + name, partitions, config })),
  )
  await admin.close()
  publisher = await createMessagePublisher(kafka)
  const deps = sinkDeps({ kafka, clickhouse, publisher, topicPrefix, zone, clock: Date.now, log })
  metricsText = () => deps.metrics.text()
  const worker = testSink(
    { kafka, clickhouse, publisher, topicPrefix, zone, clock: Date.now, log },
    { sweepEveryMs: 200, lagEveryMs: 200 },
    {
      ...deps,
      ingestLog: {
        ...deps.ingestLog,
        begin: () => {
          const batch = deps.ingestLog.begin()
          return {
            add: batch.add,
            settle: async () => {
              if (isAway) throw Object.assign(new Error('ClickHouse is away'), { code: 'ECONNREFUSED' })
              await batch.settle()
            },
          }
        },
      },
    },
  )
  stop = await startAll([worker.component])
})

afterAll(async () => {
  await stop()
  await publisher.close()
  await clickhouse.command({ query: `DROP DATABASE IF EXISTS ${database}` })
  await clickhouse.close()
})

const allStored = async () => {
  const [sink] = pipelineStages(topicPrefix)
  expect(await caughtUp(kafka, [sink], { timeoutMs: 60_000 })).toBeUndefined()
}

describe('what came in is stored, repeated, set aside or on its way', () => {
  it('at every moment while events come, and at rest to the last message', async () => {
    const looks: Awaited<ReturnType<typeof balance>>[] = []
    let sent = 0
    await until(async () => (await metric('sink_balance_timestamp_seconds', {})) > 0, {
      withinMs: 60_000,
      what: 'the first look of the balance',
    })
    for (let round = 0; round < 15; round++) {
      const good = Array.from({ length: 200 }, (_, at) => clockIn(`${round}-${at}`))
      const again = good.slice(0, 30)
      const different = round === 14 ? [clockIn('0-0', '07:55')] : []
      const messages = [...good, ...again, ...different, nonsense(), nonsense()]
      await publisher.publish(messages)
      sent += messages.length
      const before = looks.at(-1)?.received ?? 0
      await until(
        async () => {
          looks.push(await balance())
          return (looks.at(-1)?.received ?? 0) > before
        },
        { withinMs: 30_000, what: 'a look at what was published' },
      )
    }
    await allStored()
    await until(async () => (await balance()).stored === 3_000, { withinMs: 30_000, what: 'the whole balance' })
    looks.push(await balance())
    for (const { received, stored, duplicates, deadLettered, inFlight, missing } of looks) {
      expect(stored + duplicates + deadLettered + inFlight).toBe(received)
      expect(missing).toBe(0)
    }
    expect(looks.filter(({ received }) => received > 0 && received < sent).length).toBeGreaterThan(2)
    expect(looks.at(-1)).toEqual({
      received: sent,
      stored: 3_000,
      duplicates: 450,
      deadLettered: 31,
      inFlight: 0,
      missing: 0,
    })
    expect(await metric('sink_duplicates_total', { source: 'urn:palembang:hr' })).toBe(450)
    const [view] = await (
      await clickhouse.query({
        query: `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
          sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`,
        format: 'JSONEachRow',
      })
    ).json()
    expect({ ...(view as object), inFlight: 0 }).toEqual(looks.at(-1))
  })

  it('also while ClickHouse is away: the lag and the age of the oldest event grow though nothing is fetched', async () => {
    const before = await balance()
    isAway = true
    await publisher.publish([clockIn('away-1'), clockIn('away-2')])
    await until(async () => (await metric('sink_waiting_seconds', { server: 'clickhouse' })) > 0.5, {
      withinMs: 30_000,
      what: 'the wait in the metrics',
    })
    await publisher.publish([clockIn('away-3')])
    await until(async () => (await balance()).inFlight === 3, { withinMs: 30_000, what: 'what is in flight' })
    expect(await balance()).toEqual({ ...before, received: before.received + 3, inFlight: 3 })
    await until(async () => (await metric('sink_consumer_lag_messages', { topic: attendanceTopic })) === 3, {
      withinMs: 30_000,
      what: 'the lag',
    })
    await until(async () => (await metric('sink_oldest_unstored_seconds', { topic: attendanceTopic })) > 1, {
      withinMs: 30_000,
      what: 'an age over a second',
    })
    isAway = false
    await allStored()
    await until(async () => (await balance()).inFlight === 0, { withinMs: 30_000, what: 'the balance at rest' })
    expect(await balance()).toEqual({ ...before, received: before.received + 3, stored: before.stored + 3 })
    await until(async () => (await metric('sink_consumer_lag_messages', { topic: attendanceTopic })) === 0, {
      withinMs: 30_000,
      what: 'no lag',
    })
    expect(await metric('sink_oldest_unstored_seconds', {})).toBe(0)
    expect(await metric('sink_waiting_seconds', {})).toBe(0)
    expect(await metric('sink_pause_seconds_count', { cause: 'clickhouse' })).toBe(1)
    // Three of them waited longer than half a second; no redelivery came between.
    expect(await metric('sink_event_to_queryable_seconds_count', {})).toBe(3_454)
  })

  it('says that events are missing whose rows are gone from the tables', async () => {
    for (const table of ['ingest_offset', 'message_identity'])
      await clickhouse.command({
        query: `DELETE FROM ${table} WHERE topic = '${attendanceTopic}' AND offset = (SELECT max(offset) - ${table === 'ingest_offset' ? 1 : 2} FROM event_store WHERE topic = '${attendanceTopic}')`,
      })
    const standings = createGroupStandings(kafka)
    const look = createWatchBalance({ lookBack: 20_000, atOnce: 1_000 }, createBalanceLog(clickhouse))
    const positions = await standings.of(groups.sink(topicPrefix), [topicPrefix + attendanceTopic])
    const { topics: found } = await look(positions.map((position) => ({ ...position, topic: attendanceTopic })))
    await standings.close()
    expect(found[0]?.missing).toBe(2)
  })
})
