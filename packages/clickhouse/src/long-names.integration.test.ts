import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createConflictLog } from './conflict-log.ts'
import type { ClickHouseClient } from './connect.ts'
import { createEntityLog } from './entity-log.ts'
import { createFoldedStore } from './folded-store.ts'
import { createJudgedStore } from './judged-store.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { createUnitFacts } from './unit-facts.ts'

// As long as the contract lets them be: units of 64 characters, sources of 256, ids of 128 that need four bytes each.
const units = Array.from({ length: 3_000 }, (_, at) => `upt:${String(at).padStart(60, '0')}`)
const identities = Array.from({ length: 1_000 }, (_, at) => ({
  source: `urn:${'s'.repeat(252)}`,
  id: `${'😀'.repeat(60)}${String(at).padStart(8, '0')}`,
}))
const lateReadAt = '2099-01-01 00:00:00.000000'
const nowMs = Date.parse('2026-11-24T08:00:00+07:00')

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
  await client.command({
    query: `INSERT INTO event_store (source, id, entity) SELECT {source: String}, concat(repeat('😀', 60), leftPad(toString(number), 8, '0')), toString(number) FROM numbers(1000)`,
    query_params: { source: identities[0]?.source },
  })
  await client.command({
    query: `INSERT INTO person_day_store (unit_id, work_date, person_key, version)
      SELECT concat('upt:', leftPad(toString(number), 60, '0')), '2026-11-02', concat('person_', toString(number)), '2026-11-24 00:00:00.000000' FROM numbers(3000)`,
  })
})

afterAll(() => testDatabase?.drop())

describe('names as long as the contract lets them be, and thousands of them', () => {
  it('find their events and what revises them', async () => {
    const log = createEntityLog(client)
    expect(new Set((await log.locate(identities)).map(({ entity }) => entity)).size).toBe(1_000)
    expect(await log.revisionsOf(identities)).toEqual([])
    expect(await log.eventsOf(units)).toEqual({ events: [], revisions: [] })
  })

  it('find their rows, each once', async () => {
    const store = createFoldedStore(client)
    const entities = await store.entitiesOfUnits(units, lateReadAt)
    expect([entities.length, new Set(entities).size]).toEqual([3_000, 3_000])
    expect(await store.unitsWrittenAfter(units, lateReadAt)).toEqual([])
  })

  it('are counted and judged', async () => {
    const facts = createUnitFacts(client, { zone: 'Asia/Jakarta' })
    expect(
      (await facts.spans(units, '1970-01-05', nowMs)).filter(({ firstWeek }) => firstWeek === '2026-11-02'),
    ).toHaveLength(3_000)
    // More weeks than a city has had computers.
    const { counts } = await facts.count(units, '1970-01-05', '2026-11-23', nowMs)
    expect(new Set(counts.map(({ unitId }) => unitId)).size).toBe(0)
    const judged = { unitIds: units, fromWeek: '2026-11-02', toWeek: '2026-11-23', policyVersion: 'p' }
    const store = createJudgedStore(client)
    await store.write({ ...judged, measures: [], scores: [] }, '2026-11-24 00:00:00.000000')
    await store.writeDurations({ ...judged, durations: [] }, '2026-11-24 00:00:00.000000')
  })

  it('name the messages that lost their identity', async () => {
    const place = { topic: 'bina.attendance.v1', partition: 0, offset: 0 }
    const losers = Array.from({ length: 5_000 }, (_, at) => ({
      ...place,
      precedence: String(2n ** 128n - 1n - BigInt(at)),
      contentHash: 0n,
      standing: place,
    }))
    expect((await createConflictLog(client).losingEvents(losers)).size).toBe(0)
  })
})
