import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { createUnitFacts } from './unit-facts.ts'

const nowMs = Date.parse('2026-07-20T00:00:00Z')
const version = "'2026-07-20 00:00:00'"
let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  const { client } = testDatabase
  await client.command({
    query: `INSERT INTO unit_version (unit_id, valid_from, valid_to, unit_type, version) VALUES
      ('A', '2026-02-01', NULL, 'upt', ${version}), ('A', '2026-01-01', '2026-01-31', 'opd', ${version})`,
  })
  await client.command({
    query: `INSERT INTO person_day_store (unit_id, work_date, person_key, status, version) VALUES
      ('A', '2026-03-04', 'ani', 'present', ${version}), ('B', '2026-04-08', 'budi', 'present', ${version})`,
  })
  await client.command({
    query: `INSERT INTO unit_complaint_store (unit_id, complaint_id, resolution_due_at, version)
      VALUES ('B', 'c-1', '2026-03-29 17:30:00', ${version})`,
  })
  await client.command({
    query: `INSERT INTO unit_week_score_store (unit_id, week, score, as_of, is_deleted) VALUES
      ('A', '2026-03-02', 'service', ${version}, 0), ('A', '2026-06-08', 'service', ${version}, 0), ('B', '2026-06-08', 'service', ${version}, 0)`,
  })
  await client.command({
    query: `INSERT INTO unit_week_score_store (unit_id, week, score, as_of, is_deleted) VALUES ('B', '2026-06-08', 'service', '2026-07-20 00:00:01', 1)`,
  })
})

afterAll(() => testDatabase?.drop())

const spanOf = async (unitId: string, fromWeek: string) => {
  const facts = createUnitFacts(testDatabase.client, { zone: 'Asia/Jakarta' })
  return (await facts.spans(['B', unitId], fromWeek, nowMs)).find((span) => span.unitId === unitId)
}

it("a unit's beginning is its first fact, by the date in the city, and the first week for which a score of it stands", async () => {
  expect(await spanOf('A', '1970-01-05')).toMatchObject({ firstWeek: '2026-03-02', scoredFrom: '2026-03-02' })
  // Half past seventeen in Greenwich is after midnight in the city, and so in the week that follows.
  expect(await spanOf('B', '2026-06-08')).toEqual({
    unitId: 'B',
    firstWeek: '2026-03-30',
    scoredFrom: undefined,
    versions: [],
  })
  expect(await spanOf('nobody', '2026-06-08')).toMatchObject({ firstWeek: undefined, scoredFrom: undefined })
})

it('a unit that is scored in the week before has begun by then: no fact of it is looked at', async () => {
  expect(await spanOf('A', '2026-06-15')).toEqual({
    unitId: 'A',
    firstWeek: '2026-06-08',
    scoredFrom: '2026-06-08',
    versions: [
      { unitType: 'opd', validFrom: '2026-01-01', validTo: '2026-01-31' },
      { unitType: 'upt', validFrom: '2026-02-01', validTo: undefined },
    ],
  })
})

it('a score that was taken back says nothing of when its unit began', async () => {
  expect(await spanOf('B', '2026-06-15')).toMatchObject({ firstWeek: '2026-03-30', scoredFrom: undefined })
})
