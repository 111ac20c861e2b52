import { createWorkCalendar } from '@bina/domain/calendar'
import { addDays, isoWeekday } from '@bina/domain/plain-date'
import { createWatchSources } from '@bina/pipeline/quality/watch-sources'
import { loadPolicy } from '@bina/runtime/load-policy'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'
import { createSourceLog, silentSources } from './source-log.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const zone = 'Asia/Jakarta'
const terminal = 'urn:palembang:terminal'
const topic = 'bina.attendance.v1'
let testDatabase: TestDatabase
let client: ClickHouseClient
let offset = 0

/** As the sink stores them: a terminal that sends in the morning and in the evening of two units. */
const store = (days: readonly string[]) =>
  insertRows(
    client,
    'ingest',
    days.flatMap((day) =>
      ['A', 'B'].flatMap((unitId) =>
        ['07:20', '16:10'].map((time) => ({
          ...{ topic, topic_rank: 0, partition: 0, offset: ++offset, outcome: 'event', source: terminal },
          ...{ id: `${unitId} ${day} ${time}`, type: 'bina.attendance.recorded.v1', unit_id: unitId, data: '{}' },
          record_at: Date.parse(`${day}T${time}:00+07:00`),
          ingested_at: Date.parse(`${day}T${time}:00+07:00`),
        })),
      ),
    ),
  )

const watchAt = async (wallTime: string) => {
  const { calendar: policy } = await loadPolicy('policy')
  const calendar = createWorkCalendar({ zone, policy })
  const clock = () => Date.parse(`${wallTime}:00+07:00`)
  const config = { zone, cityProfile: 'office_5d', calendar }
  return createWatchSources(config, { sources: createSourceLog(client), clock })()
}
const found = () =>
  selectRows(
    client,
    "SELECT unit_id, week, count FROM data_quality WHERE kind = 'source_silent' ORDER BY unit_id, week",
  )

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
  const days = Array.from({ length: 51 }, (_, at) => addDays('2026-06-01', at)) // until Tuesday 21 July
  await store(days.filter((day) => isoWeekday(day) < 6))
})

afterAll(() => testDatabase?.drop())

describe('a source of clock records on a working Wednesday', () => {
  const lastArrivalMs = Date.parse('2026-07-21T16:00:00+07:00')

  it('is no finding while it keeps to its habit', async () => {
    expect(await watchAt('2026-07-21T23:00')).toEqual([])
    expect(await found()).toEqual([])
  })

  it('is a finding that morning for both units when it sends nothing, once however often one looks', async () => {
    expect(await watchAt('2026-07-22T10:00')).toEqual([{ source: terminal, topic, lastArrivalMs }])
    expect(await watchAt('2026-07-22T11:00')).toHaveLength(1)
    expect(await found()).toEqual([
      { unit_id: 'A', week: '2026-07-20', count: 1 },
      { unit_id: 'B', week: '2026-07-20', count: 1 },
    ])
    expect(await silentSources(client, Date.parse('2026-07-22T11:00:00+07:00'))).toEqual([
      { source: terminal, topic, lastArrivalMs, units: 2 },
    ])
  })

  it('is none any more when that day’s records come in after all under their own time', async () => {
    await store(['2026-07-22'])
    expect(await watchAt('2026-07-22T17:00')).toEqual([])
    expect(await found()).toEqual([])
    expect(await silentSources(client, Date.parse('2026-07-22T17:00:00+07:00'))).toEqual([])
  })
})
