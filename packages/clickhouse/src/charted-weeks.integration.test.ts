import { MEASURE_CHARTS } from '@bina/scoring/charts/chart-of-measure'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { createUnitFacts } from './unit-facts.ts'

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
})

afterAll(() => testDatabase?.drop())

// S11 is charted from its cases, S12 from what areas received: neither is a week's count of a unit.
const counted = Object.keys(MEASURE_CHARTS).filter((measure) => !['S11', 'S12'].includes(measure))

it('each measure that has a chart is counted by the week: without its weeks the chart would have no point', async () => {
  const version = "'2026-07-20 00:00:00'"
  await client.command({
    query: `INSERT INTO person_day_store (unit_id, work_date, person_key, status, heard, lost_minutes, version)
      VALUES ('A', '2026-07-07', 'ani', 'present', 1, 12, ${version})`,
  })
  const at = "'2026-07-07 03:00:00'"
  await client.command({
    query: `INSERT INTO unit_complaint_store (unit_id, complaint_id, resolution_due_at, rating.at, rating.satisfaction, rating.courtesy,
        fact.measure, fact.at, fact.counts_from, fact.numerator, fact.denominator, version)
      VALUES ('A', 'c-1', ${at}, [${at}], [1], [1], ['B4', 'S8', 'S10'], [${at}, ${at}, ${at}], [NULL, NULL, NULL], [0, 0, 0], [1, 1, 1], ${version})`,
  })
  const facts = createUnitFacts(client, { zone: 'Asia/Jakarta' })
  const { counts } = await facts.count(['A'], '2026-07-06', '2026-07-06', Date.parse('2026-07-20T00:00:00Z'))
  const weekly = new Set(counts.filter(({ window }) => window === 'W1').map(({ measure }) => measure))
  expect(counted.filter((measure) => !weekly.has(measure))).toEqual([])
})
