import { addDays } from '@bina/domain/plain-date'
import { attendanceTopic, directoryTopic, topicInLane, topicsOfLane } from '@bina/events/topics'
import { createKafkaAdmin, type KafkaAdmin } from '@bina/kafka/admin'
import { caughtUp } from '@bina/kafka/caught-up'
import { pipelineStages, sinkStage } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { clockIn, unit } from '../harness/plain-events.ts'
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts'

// A city takes in months of clock-ins in the lane for history while its people go on clocking in. Nothing here is judged by the clock: what
// a live event had to wait for is told by how much of the history came before it.

const portion = 100
const portions = 30
const unitIds = Array.from({ length: 10 }, (_, n) => `16.71.05.20${String(n).padStart(2, '0')}`)
const unitOf = (n: number) => unitIds[n % unitIds.length] ?? ''

const history = Array.from({ length: portion * portions }, (_, n) =>
  clockIn(`history-${n}`, {
    ...{ unitId: unitOf(n), person: `history_${n}`, date: addDays('2026-03-02', Math.floor(n / 40)) },
  }),
)
const live = Array.from({ length: 6 }, (_, n) =>
  clockIn(`live-${n}`, { unitId: unitOf(n), person: `live_${n}`, date: '2026-06-16' }),
)
const toldTwice = Array.from({ length: 40 }, (_, n) =>
  clockIn(`twice-${n}`, { unitId: unitOf(n), person: `twice_${n}`, date: '2026-06-15' }),
)
const saysElse = clockIn('live-0', { unitId: unitOf(0), person: 'live_0', date: '2026-06-16', at: '08:40' })
const nonsense = { topic: topicInLane(attendanceTopic, 'backfill'), key: unitOf(0), value: '{"no":', headers: {} }

let city: TestCity
let admin: KafkaAdmin
let worker: WorkerProcess

const startLane = () =>
  startWorkerProcess('sink-worker', {
    ...{ KAFKA_BROKERS: inject('kafkaBrokers'), KAFKA_TOPIC_PREFIX: city.topicPrefix },
    ...{ CLICKHOUSE_URL: city.settings.url, SINK_LANE: 'backfill', SINK_SWEEP_MS: '200' },
    // What holds history back is the live lane alone.
    ...{ SINK_BACKFILL_FLUSH_ROWS: String(portion), SINK_BACKFILL_ROWS_PER_SECOND: '1000000' },
    ...{ SINK_SESSION_TIMEOUT_MS: '6000' },
  })

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => Date.parse('2026-06-17T10:00:00+07:00'),
  })
  admin = await createKafkaAdmin(city.kafka)
  await city.publish(unitIds.map((unitId) => unit(`unit-${unitId}`, unitId)))
  await city.settled()
})

afterAll(async () => {
  await worker?.kill()
  await admin?.close()
  await city?.stop()
})

const waiting = async () => {
  const { groupId, topics } = sinkStage(city.topicPrefix, 'backfill')
  return (await admin.lagOf(groupId, topics)).reduce((sum, { lag }) => sum + lag, 0)
}

/** In one look: whether the live person-day is there, and how many of the history. */
const folded = async (person = '') => {
  const [row] = await city.rows<{ live: number; history: number }>(
    `SELECT countIf(person_key = {person: String}) AS live, countIf(startsWith(person_key, 'person_history_')) AS history
     FROM person_day`,
    { person: `person_${person}` },
  )
  return row ?? expect.unreachable()
}

async function clockInWhileHistoryWaits(n: number): Promise<void> {
  const before = await folded()
  await city.publish(live.slice(n, n + 1))
  let now = before
  await until(
    async () => {
      now = await folded(`live_${n}`)
      return now.live === 1
    },
    { withinMs: 120_000, what: `the person-day of live-${n}` },
  )
  // The portion that was on its way, and at most the one whose turn had come.
  expect(now.history - before.history).toBeLessThanOrEqual(2 * portion)
  expect(await waiting()).toBeGreaterThan(2 * portion)
}

it('scores a clock-in of today while months of history wait, and keeps each event once though it comes by both ways', async () => {
  await city.publish([...toldTwice, ...history], 'backfill')
  await city.publishBytes([nonsense, nonsense])
  worker = await startLane()
  await until(async () => (await folded()).history > 0, { withinMs: 120_000, what: 'the first of the history' })

  for (const n of [0, 1]) await clockInWhileHistoryWaits(n)
  await city.publish(toldTwice)
  await city.publish([saysElse], 'backfill')
  await clockInWhileHistoryWaits(2)

  // A report that left now would not know what stands there.
  expect(await caughtUp(city.kafka, pipelineStages(city.topicPrefix), { timeoutMs: 3_000 })).toMatch(
    /bina-backfill is \d+ messages behind on .*bina\.backfill\.attendance\.v1/,
  )

  await worker.kill()
  const left = await waiting()
  expect(left).toBeGreaterThan(2 * portion)
  await clockInWhileHistoryWaits(3)
  expect(await waiting()).toBe(left)
  worker = await startLane()
  await until(async () => (await waiting()) < left, { withinMs: 60_000, what: 'the next portion of the history' })
  await clockInWhileHistoryWaits(4)
  await city.publish(live.slice(5), 'backfill')

  await city.settled()
  await city.sweep()
  await city.settled()
  const sent = [...history, ...live, ...toldTwice].map(({ id }) => id)
  const stored = await city.rows<{ id: string; times: number }>(
    `SELECT id, count() AS times FROM events WHERE type = 'bina.attendance.recorded.v1' GROUP BY id`,
  )
  expect(stored.map(({ id }) => id).toSorted()).toEqual(sent.toSorted())
  expect(stored.filter(({ times }) => times !== 1)).toEqual([])
  const [days] = await city.rows<{ count: number; late: number }>(
    'SELECT count() AS count, countIf(late_minutes > 0) AS late FROM person_day',
  )
  expect(days).toEqual({ count: sent.length, late: 0 })
  // Who sends history once has no habit of it, and does not fall silent afterwards.
  const habits = await city.rows<{ topic: string }>('SELECT DISTINCT topic FROM source_arrival ORDER BY topic')
  expect(habits).toEqual([{ topic: attendanceTopic }, { topic: directoryTopic }])
})

it('has a balance of each lane that nothing is missing from, in the tables and in the metrics', async () => {
  const balance = await city.rows<{ topic: string }>(
    `SELECT topic, sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
       sum(dead_lettered) AS deadLettered, sum(missing) AS missing
     FROM ingest_balance WHERE topic LIKE '%attendance%' GROUP BY topic ORDER BY topic`,
  )
  expect(balance).toEqual([
    {
      ...{ topic: attendanceTopic, received: 5 + toldTwice.length, stored: 5 },
      ...{ duplicates: toldTwice.length, deadLettered: 0, missing: 0 },
    },
    {
      ...{ topic: topicInLane(attendanceTopic, 'backfill'), received: history.length + toldTwice.length + 4 },
      ...{ stored: history.length + toldTwice.length + 1, duplicates: 0, deadLettered: 3, missing: 0 },
    },
  ])
  const letters = await city.rows<{ reason: string }>(
    'SELECT reason FROM dead_letter WHERE topic = {topic: String} ORDER BY reason',
    { topic: topicInLane(attendanceTopic, 'backfill') },
  )
  expect(letters.map(({ reason }) => reason)).toEqual(['conflicting_duplicate', 'not_json', 'not_json'])

  const told = (topic: string, kind: string) =>
    worker.metric(`sink_balance_messages{topic="${topic}",kind="${kind}",lane="backfill"}`)
  const { name } = topicsOfLane('backfill')[0] ?? expect.unreachable()
  await until(async () => (await told(name, 'in_flight')) === 0, { withinMs: 30_000, what: 'the balance at rest' })
  expect(await told(name, 'missing')).toBe(0)
  const parts = await Promise.all(['stored', 'duplicates', 'dead_lettered'].map((kind) => told(name, kind)))
  expect(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)).toBe(await told(name, 'received'))
})
