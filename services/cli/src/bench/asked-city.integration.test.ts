import { readFileSync } from 'node:fs'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { createIngestLog } from '@bina/clickhouse/ingest-log'
import { migrate } from '@bina/clickhouse/migrate'
import { selectRows } from '@bina/clickhouse/select-rows'
import { type EventToEncode, encodeEvent } from '@bina/events/encode-event'
import { readEvent } from '@bina/events/read-event'
import { eventTopics } from '@bina/events/topics'
import { createJudgeBatch } from '@bina/pipeline/store/settle-batch'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { askQuestions } from './ask-questions.ts'
import { type AskedCity, layOutAskedCity } from './asked-city.ts'
import { questionsOf } from './questions.ts'

const zone = 'Asia/Jakarta'
const server = { url: `${inject('clickhouseUrl')}/asked`, user: 'default', password: '', application: 'test' }
const signal = new AbortController().signal
let city: AskedCity

beforeAll(async () => {
  const onProgress = () => {}
  city = await layOutAskedCity(server, { zone, events: 3_000, lastWeek: '2026-11-16', onProgress, signal })
})

afterAll(() => city.drop())

describe('a city laid out for questions', () => {
  it('holds the rows that the sink stores of the same messages', async () => {
    const laid = connectClickHouse(city.settings)
    const stored = connectClickHouse({ ...server, url: `${inject('clickhouseUrl')}/asked_by_sink` })
    await migrate({ ...server, url: `${inject('clickhouseUrl')}/asked_by_sink` }, { zone })
    // Not the hash of the content, which the server cannot make, nor when it was stored.
    const events =
      'SELECT * EXCEPT (content_hash, stored_at) REPLACE (toString(precedence) AS precedence) FROM event_store FINAL ORDER BY source, id'
    const offsets =
      'SELECT * EXCEPT (content_hash, settled_at) FROM ingest_offset FINAL ORDER BY topic, partition, offset'
    type Row = Record<'source' | 'id' | 'type' | 'subject' | 'occurred_at' | 'record_at' | 'topic' | 'data', string> &
      Record<'partition' | 'offset', number>
    const rows = await selectRows<Row>(laid, events)
    const instant = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`)
    const judge = createJudgeBatch(
      {
        zone,
        topicRanks: new Map(
          eventTopics
            .map(({ name }) => name)
            .sort()
            .map((name, rank) => [name, rank]),
        ),
      },
      {
        read: readEvent,
        ingestLog: createIngestLog(stored),
        deadLetters: { publish: async (letters) => expect(letters).toEqual([]) },
        touches: { touch: async () => {} },
        clock: Date.now,
        count: () => {},
      },
    )
    const judged = judge(
      rows.map((row) => {
        const { source, id, type, subject } = row
        const time = new Date(instant(row.occurred_at)).toISOString()
        const { key, value, headers } = encodeEvent({
          source,
          id,
          type,
          subject,
          time,
          data: JSON.parse(row.data),
        } as EventToEncode)
        const { topic, partition, offset } = row
        return { topic, partition, offset, recordAtMs: instant(row.record_at), key: Buffer.from(key), value, headers }
      }),
    )
    await judged.settle()
    expect(rows.length).toBe(3_000)
    expect(await selectRows(stored, events)).toEqual(rows)
    expect(await selectRows(stored, offsets)).toEqual(await selectRows(laid, offsets))
    await stored.command({ query: 'DROP DATABASE asked_by_sink SYNC' })
    await Promise.all([laid.close(), stored.close()])
  })

  it('answers each of the twenty questions, and with something', async () => {
    const questions = questionsOf(readFileSync('docs/queries.md', 'utf8'))
    const progress = { step: () => ({ update: () => {}, done: () => {} }) } as never
    const asked = await askQuestions(city.settings, city, { questions, rounds: 1, progress, signal })
    const empty = asked.filter(({ rows }) => rows === 0).map(({ number }) => number)
    // So few units have no report that did not leave, and none that needs support.
    expect(empty.filter((number) => ![4, 7, 11, 12].includes(number))).toEqual([])
    expect(asked.filter(({ refused }) => refused !== undefined)).toEqual([])
    expect(asked.every(({ p95Ms }) => p95Ms > 0)).toBe(true)
  })
})
