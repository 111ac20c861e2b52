import { isDeepStrictEqual } from 'node:util'
import { eventTopics } from '@bina/events/topics'
import type { Load } from '../harness/acknowledged-load.ts'
import { type LoadCity, loadEventId, loadSource } from '../harness/load-events.ts'
import type { ProcessCity } from '../harness/process-city.ts'

export interface KeptPromises {
  /** Acknowledged and not in `events`, or with other content, or there though nobody sent it; the first few in words. */
  readonly broken: readonly string[]
  readonly stored: number
  /** Numbers of those that are stored though no producer heard of it. */
  readonly unacknowledged: readonly number[]
}

const atOnce = 20_000
const shown = 20

interface StoredEvent {
  readonly id: string
  readonly times: number
  readonly type: string
  readonly subject: string
  readonly occurredAtMs: number
  readonly data: string
}

/** Holds what producers were told against what `events` has, event by event with its content. */
export async function keptPromises(city: ProcessCity, load: Load, loadCity: LoadCity): Promise<KeptPromises> {
  const broken: string[] = []
  let stored = 0
  const unacknowledged: number[] = []
  for (let first = 0; first < load.begun; first += atOnce) {
    const end = Math.min(load.begun, first + atOnce)
    const rows = await city.rows<StoredEvent>(
      `SELECT id, count() AS times, any(type) AS type, any(subject) AS subject,
         toUnixTimestamp64Milli(any(occurred_at)) AS occurredAtMs, any(data) AS data
       FROM events WHERE source = {source: String} AND id >= {first: String} AND id < {end: String} GROUP BY id`,
      { source: loadSource, first: loadEventId(first), end: loadEventId(end) },
    )
    const found = new Map(rows.map((row) => [row.id, row]))
    stored += rows.length
    for (let n = first; n < end; n++) {
      const row = found.get(loadEventId(n))
      const isAcknowledged = load.isAcknowledged(n)
      if (row === undefined) {
        if (isAcknowledged) broken.push(`${loadEventId(n)} was acknowledged and is not there`)
        continue
      }
      if (!isAcknowledged) unacknowledged.push(n)
      const event = loadCity.event(n)
      const sent = { type: event.type, subject: event.subject, occurredAtMs: Date.parse(event.time), data: event.data }
      const kept = { type: row.type, subject: row.subject, occurredAtMs: row.occurredAtMs, data: JSON.parse(row.data) }
      if (row.times !== 1) broken.push(`${row.id} is there ${row.times} times`)
      if (!isDeepStrictEqual(kept, sent)) broken.push(`${row.id} is kept as ${JSON.stringify(kept)}`)
    }
  }
  return { broken: broken.slice(0, shown), stored, unacknowledged }
}

/** What the topics hold, by the broker, and what became of it, by the tables: the two sums are to be the same. */
export async function balanceOf(city: ProcessCity) {
  const admin = city.kafka.admin()
  await admin.connect()
  let inKafka = 0
  for (const { name } of eventTopics)
    for (const { high, low } of await admin.fetchTopicOffsets(city.topicPrefix + name))
      inKafka += Number(high) - Number(low)
  await admin.disconnect()
  const [balance] = await city.rows<Record<'received' | 'stored' | 'duplicates' | 'deadLettered' | 'missing', number>>(
    `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
       sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`,
  )
  return { inKafka, ...balance }
}
