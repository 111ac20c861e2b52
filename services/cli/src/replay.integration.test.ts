import { encodeEvent } from '@bina/events/encode-event'
import { attendanceTopic } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { readSpans, spansOf } from '@bina/kafka/read-span'
import type { ReceivedMessage } from '@bina/kafka/received-message'
import { groups } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../../../test/harness/city.ts'
import { clockIn } from '../../../test/harness/plain-events.ts'
import { dlqReplay } from './commands/dlq-replay.ts'
import { replay } from './commands/replay.ts'
import { runCommand } from './test-command.ts'

let city: TestCity
let nowMs = Date.now()

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
  })
})
afterAll(() => city.stop())

const idsLike = async (pattern: string) =>
  (
    await city.rows<{ id: string }>('SELECT id FROM events WHERE id LIKE {pattern: String} ORDER BY id', { pattern })
  ).map(({ id }) => id)
const committed = async () => {
  const admin = city.kafka.admin()
  await admin.connect()
  const [topic] = await admin.fetchOffsets({
    groupId: groups.sink(city.topicPrefix),
    topics: [city.topicPrefix + attendanceTopic],
  })
  await admin.disconnect()
  return topic?.partitions
}
const bytesOf = (event: EventToPublish) => {
  const { key, value, headers } = encodeEvent(event, 'binary')
  return { topic: attendanceTopic, key, value, headers: { ...headers, origin: 'turnstile' } } as const
}

describe('bina replay', () => {
  const span = { from: '', to: '' }
  const replayed = (more: object = {}) =>
    runCommand(
      city,
      (context) => replay(context, { topic: attendanceTopic, ...span, rate: 1_000, dryRun: false, ...more }),
      {},
    )

  it('brings back clock-ins that are gone from the tables, doubles none, and leaves the workers where they are', async () => {
    await city.publish([clockIn('before-1', { person: 'before_1' })])
    await until(() => Date.now() > nowMs + 20, { withinMs: 5_000, what: 'another moment' })
    span.from = new Date().toISOString()
    await city.publish(
      Array.from({ length: 40 }, (_, at) => clockIn(`lost-${at}`, { person: `lost_${at}`, unitId: `u:${at % 7}` })),
    )
    await city.publishBytes([{ topic: attendanceTopic, key: 'u:1', value: '{"no":' }])
    const toMs = Date.now() + 1
    span.to = new Date(toMs).toISOString()
    await until(() => Date.now() > toMs, { withinMs: 5_000, what: 'another moment' })
    await city.publish([clockIn('after-1', { person: 'after_1' })])
    await city.settled()
    const all = await idsLike('%')
    const where = await committed()
    const gone = "id LIKE 'lost-1%'"
    for (const table of ['event_store', 'entity_event'])
      await city.clickhouse.command({ query: `DELETE FROM ${table} WHERE ${gone}` })
    expect(await idsLike('lost-1%')).toEqual([])
    const missing = async () =>
      (await city.rows<{ missing: number }>('SELECT sum(missing) AS missing FROM ingest_balance'))[0]?.missing
    expect(await missing()).toBe(11)

    const dry = await replayed({ dryRun: true })
    expect(dry.answer).toMatchObject({ offsets: 41, settled: 0, dryRun: true })
    expect(await missing()).toBe(11)
    for (let round = 0; round < 2; round++) {
      const { answer, error } = await replayed()
      expect(error).toBeUndefined()
      expect(answer).toMatchObject({ offsets: 41, settled: 41, events: 40, deadLetters: { not_json: 1 } })
    }
    await city.settled()
    expect(await idsLike('%')).toEqual(all)
    expect(await missing()).toBe(0)
    expect(
      await city.rows(
        'SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS again FROM ingest_balance',
      ),
    ).toEqual([{ received: 43, stored: 42, again: 0 }])
    expect(await committed()).toEqual(where)
  })

  it('goes no faster than it may, so that live events find room', async () => {
    const startMs = performance.now()
    const { answer } = await replayed({ rate: 20 })
    expect(answer).toMatchObject({ settled: 41 })
    expect(performance.now() - startMs).toBeGreaterThan(2_000)
  })

  it.each([
    [{ topic: 'bina.touched.v1' }, /There is no topic bina\.touched\.v1 of events\. There are: bina\.attendance/],
    [{ from: '2026-11-23T00:00:00' }, /--from is no instant: "2026-11-23T00:00:00"\. Write it with its offset/],
    [{ from: '2026-11-23T00:00:00Z', to: '2026-11-22T00:00:00Z' }, /--from must be before --to/],
  ])('says what cannot be meant: %j', async (more, words) => {
    const { error } = await replayed(more)
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(words) })
  })

  it('finds nothing to do in a time of which Kafka has nothing', async () => {
    const { answer } = await replayed({ from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' })
    expect(answer).toMatchObject({ offsets: 0, settled: 0 })
  })
})

describe('bina dlq replay', () => {
  const replayed = (reason: string, dryRun = false) =>
    runCommand(city, (context) => dlqReplay(context, { reason, rate: 500, dryRun }), {})
  const dayMs = 86_400_000
  const dateIn = (days: number) => new Date(nowMs + days * dayMs).toISOString().slice(0, 10)
  const early = [0, 1, 2].map((at) => bytesOf(clockIn(`early-${at}`, { person: `early_${at}`, date: dateIn(0) })))
  const never = bytesOf(clockIn('never', { person: 'never_1', date: dateIn(30) }))

  it('publishes unchanged what would be accepted now, once, and leaves what would not', async () => {
    nowMs -= 5 * dayMs // the city's clock is five days slow: what happens today is in its future
    await city.publishBytes([...early, never])
    await city.settled()
    expect(await idsLike('early-%')).toEqual([])
    nowMs += 5 * dayMs // and is mended

    const dry = await replayed('time_in_future', true)
    expect(dry.answer).toMatchObject({ republished: 3, stillRefused: 1, alreadyAccepted: 0, gone: 0, dryRun: true })
    const fromMs = Date.now()
    const { answer, said, error } = await replayed('time_in_future')
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({ republished: 3, stillRefused: 1, alreadyAccepted: 0 })
    expect(said).toContain('1 would be refused again')
    await city.settled()
    expect(await idsLike('early-%')).toEqual(['early-0', 'early-1', 'early-2'])

    const name = city.topicPrefix + attendanceTopic
    const spans = await spansOf(city.kafka, name, { fromMs, toMs: Date.now() + 1 })
    const read: ReceivedMessage[] = []
    const options = { groupId: `${city.topicPrefix}test`, atOnce: 10, signal: new AbortController().signal }
    await readSpans(city.kafka, name, spans, options, async (messages) => void read.push(...messages))
    const plain = ({ key, value, headers }: Pick<ReceivedMessage, 'key' | 'value' | 'headers'>) => ({
      key: String(key),
      value: String(value),
      headers: Object.fromEntries(Object.entries(headers).map(([header, text]) => [header, String(text)])),
    })
    expect(read.map(plain)).toEqual(early.map(({ key, value, headers }) => ({ key, value: String(value), headers })))

    expect((await replayed('time_in_future')).answer).toMatchObject({ republished: 0, alreadyAccepted: 3 })
  })

  it('counts those whose bytes are gone', async () => {
    await city.clickhouse.command({
      query: `INSERT INTO dead_letter_store (topic, partition, offset, at, reason) VALUES ('${attendanceTopic}', 0, 9999, now64(3), 'too_large')`,
    })
    const { answer, said } = await replayed('too_large')
    expect(answer).toMatchObject({ republished: 0, gone: 1 })
    expect(said).toContain('kept for 30 days')
  })

  it.each([
    ['nonsense', /There is no reason nonsense/],
    ['conflicting_duplicate', /would be set aside again/],
  ])('refuses the reason %s', async (reason, words) => {
    expect((await replayed(reason)).error).toMatchObject({ exitCode: 2, message: expect.stringMatching(words) })
  })
})

it('leaves the groups of replays empty', async () => {
  const admin = await createKafkaAdmin(city.kafka)
  const lag = await admin.lagOf(groups.sink(city.topicPrefix), [city.topicPrefix + attendanceTopic])
  await admin.close()
  expect(lag.filter((partition) => partition.lag !== 0)).toEqual([])
})
