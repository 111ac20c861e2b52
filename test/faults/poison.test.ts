import { encodeEvent } from '@bina/events/encode-event'
import { attendanceTopic, deadLetterTopic, topicName } from '@bina/events/topics'
import { isTooLargeForKafka } from '@bina/kafka/kafka-error'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { bukitLama, clockIn } from '../harness/plain-events.ts'

const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const good = (n: number) => clockIn(`good-${String(n).padStart(6, '0')}`, { person: `n${n % 50}` })
const toldAs = (n: number) => {
  const { key, value } = encodeEvent(good(n))
  return { topic: attendanceTopic, key, value } as const
}

interface Balance {
  readonly received: number
  readonly stored: number
  readonly duplicates: number
  readonly deadLettered: number
  readonly missing: number
}

/** Goods numbered from here on, so that each part of this file knows its own. */
const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, at) => good(first + at).id)

describe('messages that nobody can accept', () => {
  let city: TestCity

  const start = (limits: { readonly maxRows?: number; readonly maxBytes?: number }) =>
    startTestCity({
      ...{ brokers: inject('kafkaBrokers'), clickhouseUrl: inject('clickhouseUrl'), clock: () => nowMs },
      ...limits,
    })
  const storedFrom = async (first: number, end: number) =>
    (
      await city.rows<{ id: string }>(
        'SELECT id FROM events WHERE id >= {first: String} AND id < {end: String} ORDER BY id',
        {
          ...{ first: good(first).id, end: good(end).id },
        },
      )
    ).map(({ id }) => id)
  const balance = async () =>
    (
      await city.rows<Balance>(
        `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
           sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`,
      )
    )[0]
  const lettersOnTopic = async () => {
    const admin = city.kafka.admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(topicName(city.topicPrefix, deadLetterTopic))
    await admin.disconnect()
    return ends.reduce((sum, { high }) => sum + Number(high), 0)
  }

  beforeAll(async () => {
    city = await start({})
  })

  afterAll(() => city?.stop())

  it('do no harm to those around them: one of each kind in the middle of a good batch', async () => {
    const nonsense = [
      { topic: attendanceTopic, key: bukitLama, value: 'no JSON' },
      { topic: attendanceTopic, key: bukitLama, value: null },
      { topic: attendanceTopic, key: bukitLama, value: Buffer.from([0xff, 0xfe, 0x00]) },
      { topic: attendanceTopic, key: bukitLama, value: '{"specversion":"1.0"}' },
      { topic: attendanceTopic, key: bukitLama, value: `"${'x'.repeat(70_000)}"` },
      { topic: attendanceTopic, key: 'another key', value: toldAs(0).value },
      { topic: attendanceTopic, key: null, value: toldAs(0).value },
    ] as const
    await city.publishBytes([
      ...Array.from({ length: 500 }, (_, n) => toldAs(n)),
      ...nonsense,
      ...Array.from({ length: 500 }, (_, n) => toldAs(500 + n)),
    ])
    await city.settled()
    expect(await storedFrom(0, 1_000)).toEqual(idsFrom(0, 1_000))
    const letters = await city.rows<{ reason: string; times: number }>(
      'SELECT reason, count() AS times FROM dead_letter GROUP BY reason ORDER BY reason',
    )
    expect(letters).toEqual([
      { reason: 'key_mismatch', times: 2 },
      { reason: 'not_cloudevent', times: 1 },
      { reason: 'not_json', times: 3 },
      { reason: 'too_large', times: 1 },
    ])
    expect(await balance()).toEqual({ received: 1_007, stored: 1_000, duplicates: 0, deadLettered: 7, missing: 0 })
    expect(await lettersOnTopic()).toBe(7)
  })

  it('are set aside one by one though ten thousand come in a row, and what comes behind them is stored', async () => {
    const floods = Array.from({ length: 10_000 }, (_, n) => ({
      topic: attendanceTopic as typeof attendanceTopic,
      key: bukitLama,
      value: `flood ${String(n).padStart(5, '0')}`,
    }))
    await city.publishBytes(floods)
    await city.publishBytes(Array.from({ length: 100 }, (_, n) => toldAs(1_000 + n)))
    await city.settled()
    expect(await storedFrom(1_000, 1_100)).toEqual(idsFrom(1_000, 100))
    const set = await city.rows<{ bytes: string }>(
      "SELECT bytes FROM dead_letter WHERE startsWith(bytes, 'flood') ORDER BY bytes",
    )
    expect(set.map(({ bytes }) => bytes)).toEqual(floods.map(({ value }) => value))
    expect(await balance()).toEqual({
      received: 11_107,
      stored: 1_100,
      duplicates: 0,
      deadLettered: 10_007,
      missing: 0,
    })
    expect(await lettersOnTopic()).toBeGreaterThanOrEqual(10_007)
  })

  describe('and batches that are larger than every limit', () => {
    beforeAll(async () => {
      await city.stop()
      city = await start({ maxRows: 50, maxBytes: 20_000 })
    })

    it('are stored whole: more rows and more bytes than go at once, and messages as large as the broker takes', async () => {
      const largest = await largestTaken(city)
      expect(largest.length).toBeGreaterThan(1_000_000)
      await city.publishBytes([
        ...Array.from({ length: 500 }, (_, n) => toldAs(n)),
        { topic: attendanceTopic, key: bukitLama, value: largest },
        { topic: attendanceTopic, key: bukitLama, value: 'y'.repeat(25_000) },
        ...Array.from({ length: 500 }, (_, n) => toldAs(500 + n)),
      ])
      await city.settled()
      expect(await storedFrom(0, 1_000)).toEqual(idsFrom(0, 1_000))
      const letters = await city.rows<{ bytes: number; reason: string }>(
        'SELECT length(bytes) AS bytes, reason FROM dead_letter ORDER BY bytes DESC',
      )
      // The search for the broker's limit leaves its last tries behind as well.
      expect(letters.filter(({ bytes }) => bytes === largest.length)).toContainEqual({
        bytes: largest.length,
        reason: 'too_large',
      })
      expect(letters).toContainEqual({ bytes: 25_000, reason: 'not_json' })
      expect(await balance()).toMatchObject({ stored: 1_000, duplicates: 0, missing: 0, deadLettered: letters.length })
    })
  })
})

const brokerResource = 4

/** A value as long as the broker takes for one message, to the byte. */
async function largestTaken(city: TestCity): Promise<Buffer> {
  const admin = city.kafka.admin()
  await admin.connect()
  const { brokers } = await admin.describeCluster()
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: brokerResource, name: String(brokers[0]?.nodeId), configNames: ['message.max.bytes'] }],
  })
  await admin.disconnect()
  let refused = Number(resources[0]?.configEntries[0]?.configValue)
  let taken = refused - 300 // for the batch around it and its key
  const topic = topicName(city.topicPrefix, attendanceTopic)
  while (refused - taken > 1) {
    const tried = Math.floor((taken + refused) / 2)
    try {
      await city.publisher.publish([{ topic, key: bukitLama, value: Buffer.alloc(tried, 'z') }])
      taken = tried
    } catch (error) {
      if (!isTooLargeForKafka(error)) throw error
      refused = tried
    }
  }
  return Buffer.alloc(taken, 'z')
}
