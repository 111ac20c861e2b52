import { inForce } from '@bina/domain/dated'
import { encodeEvent } from '@bina/events/encode-event'
import { attendanceTopic, deadLetterTopic, resolutionTopic, topicOf } from '@bina/events/topics'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { readMessagesAt } from '@bina/kafka/read-messages-at'
import { startAll } from '@bina/runtime/lifecycle'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { compareTable } from '../harness/compare-tables.ts'
import { bukitLama } from '../harness/plain-events.ts'
import { testSink } from '../harness/test-sink.ts'
import { calculateTables } from '../oracle/oracle.ts'
import { type Conflict, conflicts, forgotten, undisputed } from './two-contents.ts'

const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const zone = 'Asia/Jakarta'
const all = [...conflicts, forgotten]
const never = 3_600_000

interface Balance {
  readonly received: number
  readonly stored: number
  readonly duplicates: number
  readonly dead_lettered: number
  readonly missing: number
}

interface Sent {
  readonly event: EventToPublish
  readonly topic: string
  readonly recordMs: number
}

/** What a dead letter is to hold, whatever the order. */
const letterOf = (event: EventToPublish) => {
  const { key, value, headers } = encodeEvent(event, 'binary')
  return { topic: topicNameOf(event), key, value: value.toString(), headers }
}
const topicNameOf = ({ type }: EventToPublish) => topicOf(type) ?? attendanceTopic
const byText = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).toSorted()

describe('a publisher gives one id to two events that say different things', () => {
  let city: TestCity
  let stop = async () => {}
  const sent: Sent[] = []
  const seen: Record<string, unknown> = {}

  const send = async (list: readonly { readonly event: EventToPublish; readonly recordMs: number }[]) => {
    const producer = city.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
    await producer.connect()
    for (const { event, recordMs } of list) {
      const { key, value, headers } = encodeEvent(event, 'binary')
      const topic = topicNameOf(event)
      const messages = [{ key, value, headers: { ...headers }, timestamp: String(recordMs) }]
      await producer.send({ topic: city.topicPrefix + topic, acks: -1, messages })
      sent.push({ event, topic, recordMs })
    }
    await producer.disconnect()
  }
  const balance = async () => {
    const [sums] = await city.rows<Balance>(
      `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
         sum(dead_lettered) AS dead_lettered, sum(missing) AS missing FROM ingest_balance`,
    )
    return sums
  }
  const letters = async () => {
    const rows = await city.rows<{ topic: string; key: string; headers: string; value: string; reason: string }>(
      'SELECT topic, key, headers, bytes AS value, reason, detail FROM dead_letter',
    )
    // Bytes go after 30 days: those of a letter of this test's long past day may be gone.
    return rows.map(({ headers, ...row }) => ({
      ...row,
      headers: JSON.parse(headers || '{}') as Record<string, string[]>,
    }))
  }
  const letterCount = async () => (await letters()).length
  const lettersOnTopic = async () => {
    const topic = city.topicPrefix + deadLetterTopic
    const admin = city.kafka.admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(topic)
    await admin.disconnect()
    const places = ends.flatMap(({ partition, high }) =>
      Array.from({ length: Number(high) }, (_, offset) => ({ topic, partition, offset })),
    )
    const read = await readMessagesAt(city.kafka, places, { groupId: `${city.topicPrefix}letters`, timeoutMs: 30_000 })
    return read.flatMap((message) => message ?? [])
  }
  const forgetTopic = async (name: string) => {
    const topic = city.topicPrefix + name
    const admin = city.kafka.admin()
    await admin.connect()
    const partitions = (await admin.fetchTopicOffsets(topic)).filter(({ high }) => high !== '0')
    await admin.deleteTopicRecords({
      topic,
      partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })),
    })
    await admin.disconnect()
    return partitions.length
  }

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
      sinkWorkers: 0,
    })
    // First a worker that does not sweep, so that one can see what the sweep is for.
    const stopBlind = await startAll([testSink(city, { sweepEveryMs: never, sessionTimeoutMs: 6_000 }).component])
    stop = stopBlind
    const recordMs = Date.now() - 60_000
    const timed = (conflict: Conflict, which: 'earlier' | 'later') => ({
      event: conflict[which],
      recordMs: which === 'later' && conflict.isTie !== true ? recordMs + 1_000 : recordMs,
    })
    const other = { earlier: 'later', later: 'earlier' } as const
    await send(undisputed.map((event) => ({ event, recordMs })))
    await send(all.map((conflict) => timed(conflict, conflict.arrivesFirst)))
    await city.settled()
    await send(all.map((conflict) => timed(conflict, other[conflict.arrivesFirst])))
    const [first, second] = conflicts
    if (first === undefined || second === undefined) throw new Error('there is no conflict to repeat')
    // The loser once more is one more letter, the winner once more is a duplicate.
    await send([
      { ...timed(first, 'later'), recordMs: recordMs + 2_000 },
      { ...timed(second, 'earlier'), recordMs: recordMs + 2_000 },
    ])
    await city.settled()

    seen.events = await city.rows('SELECT id, data FROM events')
    seen.lettersBefore = await letterCount()
    seen.balanceBefore = await balance()
    seen.ownPersonDays = await city.rows(
      `SELECT person_key, unit_id, late_minutes FROM person_day
       WHERE match(person_key, '^person_(minute|moved)_') ORDER BY person_key, unit_id`,
    )
    seen.wrongPersonDays = await city.rows("SELECT person_key FROM person_day WHERE person_key LIKE 'person_wrong%'")
    expect(await forgetTopic(resolutionTopic)).toBe(2)
    await stopBlind()

    stop = await startAll([testSink(city, { sweepEveryMs: 500, sessionTimeoutMs: 6_000 }).component])
    await until(async () => (await letterCount()) === all.length + 1, {
      withinMs: 60_000,
      what: 'a letter for each loser',
    })
    await city.settled()
  })

  afterAll(async () => {
    await stop()
    await city?.stop()
  })

  it.each(all.map((conflict) => [conflict.what, conflict] as const))(
    'takes the earlier at once: against %s',
    (_, { earlier }) => {
      const stored = (seen.events as { id: string; data: string }[]).filter(({ id }) => id === earlier.id)
      expect(stored.map(({ data }) => JSON.parse(data))).toEqual([earlier.data])
    },
  )

  it('counts the earlier at once where both tell of the same person-day, and takes it back where only the later had put it', () => {
    expect(seen.ownPersonDays).toEqual([
      { person_key: 'person_minute_01', unit_id: bukitLama, late_minutes: 0 },
      { person_key: 'person_minute_02', unit_id: bukitLama, late_minutes: 100 },
      { person_key: 'person_moved_01', unit_id: bukitLama, late_minutes: 0 },
    ])
  })

  it('found the losers still counted where only they had led, and nowhere a letter, before the sweep', () => {
    expect(seen.lettersBefore).toBe(0)
    // One is on a roster: it was absent on every day that the roster names.
    expect(new Set((seen.wrongPersonDays as { person_key: string }[]).map((row) => row.person_key))).toEqual(
      new Set(['person_wrong_01', 'person_wrong_02', 'person_wrong_03']),
    )
  })

  it('sets each loser aside within a minute, with its original key, bytes and headers', async () => {
    const [first] = conflicts
    const losers = [...conflicts, ...(first === undefined ? [] : [first])].map(({ later }) => letterOf(later))
    const kept = (await letters()).filter(({ topic }) => topic !== resolutionTopic)
    expect(new Set(kept.map(({ reason }) => reason))).toEqual(new Set(['conflicting_duplicate']))
    expect(
      byText(
        kept.map(({ topic, key, value, headers }) => ({
          topic,
          key,
          value,
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, [text]]) => [name, Buffer.from(text ?? '', 'base64').toString()]),
          ),
        })),
      ),
    ).toEqual(byText(losers))
  })

  it('publishes each letter with where it lay, and where the earlier one lies', async () => {
    const published = await lettersOnTopic()
    const [first] = conflicts
    const losers = [...conflicts, ...(first === undefined ? [] : [first])].map(({ later }) => letterOf(later))
    const texts = published.map(({ key, value, headers }) => ({
      key: key?.toString() ?? null,
      value: value?.toString() ?? null,
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
    }))
    const whole = texts.filter(({ headers }) => headers['bina-topic'] !== resolutionTopic)
    expect(
      byText(
        whole.map(({ headers, ...letter }) => {
          const own = Object.entries(headers).filter(([name]) => !name.startsWith('bina-'))
          return { topic: headers['bina-topic'], ...letter, headers: Object.fromEntries(own) }
        }),
      ),
    ).toEqual(byText(losers))
    for (const { headers } of texts) {
      expect(headers['bina-reason']).toBe('conflicting_duplicate')
      expect(headers['bina-offset']).toMatch(/^\d+$/)
      expect(headers['bina-detail']).toMatch(
        /^\/id: expected an id that its source gave to no other event; the earlier one is at bina\.[a-z]+\.v1\/\d+\/\d+/,
      )
    }
  })

  it('says so where Kafka no longer has the original, and drops what it had said all the same', async () => {
    const gone = (await letters()).filter(({ topic }) => topic === resolutionTopic)
    expect(gone).toMatchObject([
      { value: '', key: '', headers: {}, detail: expect.stringContaining('no longer has the original') },
    ])
    expect(await city.rows("SELECT responded_at FROM complaint WHERE complaint_id = 'C-right-2'")).toEqual([
      { responded_at: null },
    ])
  })

  it('keeps the balance: what was received is stored, a duplicate or a dead letter, before the sweep and after it', async () => {
    const after = await balance()
    expect(after).toEqual(seen.balanceBefore)
    expect(after).toEqual({
      received: sent.length,
      stored: undisputed.length + all.length,
      duplicates: 1,
      dead_lettered: all.length + 1,
      missing: 0,
    })
  })

  for (const table of ['person_day', 'complaint', 'unit_week_measure', 'unit_week_score'] as const) {
    it(`has ${table} as if the losers had never been sent`, async () => {
      const oracle = calculateTables({
        events: sent.map(({ event, topic, recordMs }, offset) => ({
          ...event,
          supersedes: event.supersedes ?? null,
          position: { recordMs, topic, partition: 0, offset },
        })),
        nowMs,
        zone,
        policyVersion: city.policy.version,
        personCorrelationOn: (week) => inForce(city.policy.scoring.personCorrelation, week),
      })
      const { rows, differences } = await compareTable(city, oracle, table)
      expect(differences.slice(0, 10)).toEqual([])
      expect(rows).toBe(oracle[table].length)
      expect(rows).toBeGreaterThan(1)
    })
  }

  it('does not know the unit that only a loser had named', async () => {
    expect(await city.rows("SELECT unit_id FROM unit WHERE unit_id IN ('16.71.05.1001', '16.71.05.1002')")).toEqual([
      { unit_id: '16.71.05.1001' },
    ])
  })

  it('adds no letter when it sweeps again, in two places at once', async () => {
    const before = { rows: await letters(), published: (await lettersOnTopic()).length, balance: await balance() }
    await Promise.all([city.sweep(), city.sweep()])
    await city.sweep()
    expect(await letters()).toEqual(before.rows)
    expect(await lettersOnTopic()).toHaveLength(before.published)
    expect(before.published).toBe(all.length + 1)
    expect(await balance()).toEqual(before.balance)
  })
})
