import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createRebuildStore, rebuildDatabase } from './rebuild-store.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
})

afterAll(() => testDatabase?.drop(rebuildDatabase(testDatabase.database)))

const days = async (name: string) => {
  const rows = await client.query({
    query: `SELECT concat(unit_id, ' ', person_key, ' ', toString(work_date)) AS day FROM ${name}.person_day_store FINAL ORDER BY day`,
    format: 'JSONEachRow',
  })
  return (await rows.json<{ day: string }>()).map(({ day }) => day)
}

it('a rebuild keeps old absences that no event tells of, and nothing of a day that it has worked out itself', async () => {
  const insert = (name: string, values: readonly string[]) =>
    client.command({
      query: `INSERT INTO ${name}.person_day_store (unit_id, person_key, work_date, status, heard, version, is_deleted)
        VALUES ${values.join(', ')}`,
    })
  const version = "'2026-01-06 00:00:00'"
  await insert(testDatabase.database, [
    `('A', 'ani', '2024-05-06', 'unexcused', 0, ${version}, 0)`,
    `('A', 'ani', '2024-05-07', 'present', 1, ${version}, 0)`,
    `('A', 'ani', '2024-05-08', 'unexcused', 0, ${version}, 0)`,
    `('A', 'ani', '2024-05-09', 'unexcused', 0, ${version}, 1)`,
    `('A', 'budi', '2024-05-06', 'unexcused', 0, ${version}, 0)`,
    `('A', 'erased', '2024-05-06', 'unexcused', 0, ${version}, 0)`,
    `('A', 'ani', '2026-05-06', 'unexcused', 0, ${version}, 0)`,
  ])
  await client.command({ query: `INSERT INTO entity_event (entity) VALUES ('staff|ani'), ('staff|budi')` })
  const store = createRebuildStore(client, testDatabase)
  await store.begin('v2', false)
  const fresh = rebuildDatabase(testDatabase.database)
  // Worked out anew: one of A's days in another unit, one taken back.
  await insert(fresh, [
    `('B', 'ani', '2024-05-08', 'unexcused', 0, ${version}, 0)`,
    `('A', 'budi', '2024-05-06', '', 0, ${version}, 1)`,
  ])
  for (let times = 0; times < 2; times++) {
    await store.keepAbsencesBefore('2025-06-01')
    expect(await days(fresh)).toEqual(['A ani 2024-05-06', 'B ani 2024-05-08'])
  }
})

it('a rebuild lists the final scores that it has moved by 2 points or more, and those that it has removed, once', async () => {
  const [said, judged] = ["'2026-07-01 00:00:00'", "'2026-07-02 00:00:00'"]
  await client.command({
    query: `INSERT INTO final_score_store (unit_id, week, score, issue, value, policy_version, at) VALUES
      ('moved', '2026-06-01', 'service', 0, 70, '2', ${said}), ('kept', '2026-06-01', 'service', 0, 70, '2', ${said}),
      ('removed', '2026-06-01', 'service', 0, 70, '2', ${said}), ('hidden', '2026-06-01', 'service', 0, NULL, '2', ${said})`,
  })
  await client.command({
    query: `INSERT INTO unit_week_score_store (unit_id, week, score, value, status, policy_version, as_of) VALUES
      ('moved', '2026-06-01', 'service', 74, 'final', '2', ${judged}), ('kept', '2026-06-01', 'service', 71, 'final', '2', ${judged})`,
  })
  const store = createRebuildStore(client, testDatabase)
  expect([await store.restate(), await store.restate()]).toEqual([2, 0])
  const rows = await client.query({
    query: 'SELECT unit_id, old_value, new_value, cause FROM score_restatement ORDER BY unit_id',
    format: 'JSONEachRow',
  })
  expect(await rows.json()).toEqual([
    { unit_id: 'moved', old_value: 70, new_value: 74, cause: 'rebuild' },
    { unit_id: 'removed', old_value: 70, new_value: null, cause: 'rebuild' },
  ])
})
