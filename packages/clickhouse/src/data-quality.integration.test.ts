import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
})

afterAll(() => testDatabase?.drop())

const found = async () => {
  const rows = await client.query({
    query:
      'SELECT unit_id, toString(week) AS monday, kind, toUInt32(count) AS count FROM data_quality ORDER BY unit_id',
    format: 'JSONEachRow',
  })
  return rows.json()
}

it('a complaint that nobody was given when its answer was due is found: at the city, and before there is one at the unit named', async () => {
  const complaint = (id: string, state: string, about: string, holder: string, dueAt: string) =>
    `('${id}', '${state}', '2026-01-05 01:00:00', '${dueAt}', '2026-02-05 01:00:00', '${about}', ${holder}, '2026-01-06 00:00:00')`
  await client.command({
    query: `INSERT INTO complaint_store
      (complaint_id, state, received_at, response_due_at, due_at, about_unit_id, accountable_unit_id, version) VALUES
      ${complaint('forgotten', 'open', 'A', 'NULL', '2026-01-11 18:00:00')},
      ${complaint('held', 'open', 'A', "'A'", '2026-01-11 18:00:00')},
      ${complaint('not due', 'open', 'A', 'NULL', '2100-01-11 18:00:00')},
      ${complaint('settled', 'resolved', 'A', 'NULL', '2026-01-11 18:00:00')}`,
  })
  // 01:00 on Monday by the city's clock.
  expect(await found()).toEqual([{ unit_id: 'A', monday: '2026-01-12', kind: 'nobody_assigned', count: 1 }])
  await client.command({
    query: `INSERT INTO unit_version (unit_id, valid_from, unit_type, version) VALUES ('16.71', '2020-01-01', 'city', '2026-01-06 00:00:00')`,
  })
  await client.command({
    query: `INSERT INTO complaint_store (complaint_id, state, received_at, response_due_at, due_at, version) VALUES
      ('of no unit', 'open', '2026-01-05 01:00:00', '2026-01-11 18:00:00', '2026-02-05 01:00:00', '2026-01-06 00:00:00')`,
  })
  expect(await found()).toEqual([{ unit_id: '16.71', monday: '2026-01-12', kind: 'nobody_assigned', count: 2 }])
})
