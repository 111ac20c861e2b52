import { attendanceTopic, deadLetterTopic, touchedTopic } from '@bina/events/topics'
import { caughtUp } from '@bina/kafka/caught-up'
import { readMessagesAt } from '@bina/kafka/read-messages-at'
import { dayEntity } from '@bina/pipeline/fold/entity'
import { decodeTouched } from '@bina/pipeline/score/touched-message'
import { groups, pipelineStages } from '@bina/pipeline/stages'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { type OwnProcess, startOwnProcess } from '../harness/own-process.ts'
import { clockIn } from '../harness/plain-events.ts'
import { shortestSessionMs } from '../harness/shortest-session.ts'
import type { HeldPartition, SinkProcessArgument } from './sink-process.ts'

const kills = 8
const rowsAtOnce = 40
const people = 20
const days = 50
const nonsense = 30

interface Held {
  readonly partitions: readonly HeldPartition[]
  readonly rows: number
}

interface Death {
  readonly held: Held
  /** Rows of the held batch that ClickHouse had when the worker was dead. */
  readonly stored: number
  /** What the group had committed then, by topic and partition. */
  readonly committed: ReadonlyMap<string, number>
}

interface Settled {
  readonly partitions: readonly HeldPartition[]
}

const nameOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }) => `${topic}/${partition}`
const dateOf = (day: number) => new Date(Date.UTC(2026, 3, 1 + day)).toISOString().slice(0, 10)

describe('a sink-worker that is killed after ClickHouse has acknowledged the insert and before the commit', () => {
  let city: TestCity
  let sessionTimeoutMs: number
  const deaths: Death[] = []
  /** What each life settled, batch by batch; the last of those that were killed is the held one. */
  const lives: (readonly Settled[])[] = []
  const unitOf = (person: number) => `16.71.05.${1001 + (person % 7)}`
  const punches = Array.from({ length: people * days }, (_, at) => {
    const person = at % people
    return clockIn(`in-${at}`, {
      person: `number_${String(person).padStart(2, '0')}`,
      unitId: unitOf(person),
      date: dateOf(Math.floor(at / people)),
    })
  })

  const life = (holdAfter?: number): OwnProcess => {
    const argument: SinkProcessArgument = {
      brokers: inject('kafkaBrokers').split(','),
      clickhouseUrl: `${inject('clickhouseUrl')}/${city.database}`,
      topicPrefix: city.topicPrefix,
      maxRows: rowsAtOnce,
      // The next worker gets the partitions when it is over.
      sessionTimeoutMs,
      ...(holdAfter === undefined ? {} : { holdAfter }),
    }
    return startOwnProcess(new URL('./sink-process.ts', import.meta.url), { argument })
  }
  const committed = async () => {
    const admin = city.kafka.admin()
    await admin.connect()
    const topics = await admin.fetchOffsets({
      groupId: groups.sink(city.topicPrefix),
      topics: [city.topicPrefix + attendanceTopic],
    })
    await admin.disconnect()
    return new Map(
      topics.flatMap(({ partitions }) =>
        partitions.map(
          ({ partition, offset }) =>
            [nameOf({ topic: attendanceTopic, partition }), Math.max(0, Number(offset))] as const,
        ),
      ),
    )
  }
  const storedOf = async ({ partitions }: Held) => {
    const spans = partitions.map(({ partition, first, next }) => [partition, first, next])
    const [row] = await city.rows<{ count: number }>(
      `SELECT count() AS count FROM ingest_offset FINAL
       WHERE arrayExists(s -> s[1] = partition AND s[2] <= offset AND offset < s[3], {spans: Array(Array(UInt64))})`,
      { spans },
    )
    return row?.count ?? 0
  }
  const everyMessageOf = async (name: string) => {
    const topic = city.topicPrefix + name
    const admin = city.kafka.admin()
    await admin.connect()
    const ends = await admin.fetchTopicOffsets(topic)
    await admin.disconnect()
    const places = ends.flatMap(({ partition, high }) =>
      Array.from({ length: Number(high) }, (_, offset) => ({ topic, partition, offset })),
    )
    const options = { groupId: `${city.topicPrefix}reader-of-${name}`, timeoutMs: 30_000 }
    return (await readMessagesAt(city.kafka, places, options)).flatMap((message) => message ?? [])
  }

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: Date.now,
      sinkWorkers: 0,
      scoreWorkers: 0,
    })
    sessionTimeoutMs = await shortestSessionMs(city.kafka)
    // Nonsense lies among the events, so that dead letters die with the worker as well.
    const part = Math.ceil(punches.length / nonsense)
    for (let at = 0; at < nonsense; at++) {
      await city.publish(punches.slice(at * part, (at + 1) * part))
      await city.publishBytes([{ topic: attendanceTopic, key: unitOf(at), value: `nonsense ${at}` }])
    }

    let next = life(1)
    for (let killed = 0; killed < kills; killed++) {
      const doomed = next
      // The next one loads while this one works.
      next = life(killed === kills - 1 ? undefined : 1)
      await doomed.next('loaded')
      doomed.tell({ kind: 'go' })
      const held = await doomed.next<Held>('held')
      await doomed.kill()
      lives.push(doomed.said<Settled>('settled'))
      deaths.push({ held, stored: await storedOf(held), committed: await committed() })
    }
    await next.next('loaded')
    next.tell({ kind: 'go' })
    const [sink] = pipelineStages(city.topicPrefix)
    expect(await caughtUp(city.kafka, [sink], { timeoutMs: 60_000 })).toBeUndefined()
    expect(await next.stop(), next.output()).toBe(0)
    lives.push(next.said<Settled>('settled'))
  }, 240_000)

  afterAll(() => city?.stop())

  it(`died ${kills} times with a batch in ClickHouse that nobody had committed`, () => {
    expect(deaths).toHaveLength(kills)
    for (const { held, stored, committed } of deaths) {
      expect(held.rows).toBeGreaterThan(0)
      expect(stored).toBe(held.rows)
      const offsets = held.partitions.map((held) => ({ ...held, committed: committed.get(nameOf(held)) }))
      expect(offsets).toEqual(held.partitions.map((held) => ({ ...held, committed: held.first })))
    }
  })

  it('had committed more each time: what is durable is not told again for ever', () => {
    const totals = deaths.map(({ committed }) => [...committed.values()].reduce((sum, offset) => sum + offset, 0))
    expect(totals).toEqual(totals.toSorted((a, b) => a - b))
    expect(new Set(totals).size).toBe(kills)
  })

  it('was given the uncommitted batch again, from its first message on', () => {
    for (const [at, { held }] of deaths.entries()) {
      const later = lives.slice(at + 1).flat(2)
      for (const lost of held.partitions) {
        const again = later.flatMap(({ partitions }) => partitions).find((settled) => nameOf(settled) === nameOf(lost))
        expect(again?.first).toBe(lost.first)
      }
    }
  })

  it('has every event once in the end, and nothing is missing', async () => {
    const ids = await city.rows<{ id: string; count: number }>('SELECT id, count() AS count FROM events GROUP BY id')
    expect(ids.filter(({ count }) => count !== 1)).toEqual([])
    expect(ids.map(({ id }) => id).toSorted()).toEqual(punches.map(({ id }) => id).toSorted())
    const [balance] = await city.rows(
      `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
         sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`,
    )
    expect(balance).toEqual({
      received: punches.length + nonsense,
      stored: punches.length,
      duplicates: 0,
      deadLettered: nonsense,
      missing: 0,
    })
  })

  it('has each dead letter once in its table, and at least once on the topic with the place that it came from', async () => {
    const rows = await city.rows<{ bytes: string }>('SELECT bytes FROM dead_letter')
    const all = Array.from({ length: nonsense }, (_, at) => `nonsense ${at}`)
    expect(rows.map(({ bytes }) => bytes).toSorted()).toEqual(all.toSorted())
    const letters = await everyMessageOf(deadLetterTopic)
    const places = new Map(
      letters.map(({ value, headers }) => [`${headers['bina-partition']}/${headers['bina-offset']}`, String(value)]),
    )
    expect([...places.values()].toSorted()).toEqual(all.toSorted())
  })

  it('hands on every person-day that it stored', async () => {
    const touched = new Set(
      (await everyMessageOf(touchedTopic)).flatMap(({ value }) => decodeTouched(value).said.entities),
    )
    const stored = Array.from({ length: people * days }, (_, at) =>
      dayEntity(`person_number_${String(at % people).padStart(2, '0')}`, dateOf(Math.floor(at / people))),
    )
    expect(stored.filter((entity) => !touched.has(entity))).toEqual([])
  })
})
