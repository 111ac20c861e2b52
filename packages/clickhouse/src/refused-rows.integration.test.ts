import type { SettledMessage } from '@bina/pipeline/ports/ingest-log'
import { createNameRefused } from '@bina/pipeline/store/name-refused'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { isDataFault } from './clickhouse-error.ts'
import { createIngestLog } from './ingest-log.ts'
import { selectRows } from './select-rows.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { settledPunch } from './test-punch.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase(inject('clickhouseUrl'))
})
afterAll(() => test.drop())

it('names the row that ClickHouse refuses for what it holds, sets nothing aside, and keeps the others of its batch', async () => {
  // A view that cannot read one of the rows: no event makes ours do so, a bug of ours might.
  await test.client.command({ query: 'CREATE TABLE picked (n UInt8) ENGINE = Null' })
  await test.client.command({
    query:
      "CREATE MATERIALIZED VIEW picky TO picked AS SELECT toUInt8(if(id = 'in-321', 'no number', '1')) AS n FROM ingest",
  })
  const ingestLog = createIngestLog(test.client)
  const settle = createNameRefused<SettledMessage>({
    settle: async (rows) => {
      const batch = ingestLog.begin()
      for (const row of rows) batch.add(row)
      await batch.settle()
    },
    isDataFault,
  })
  const rows = Array.from({ length: 500 }, (_, offset) => settledPunch(offset))
  await expect(settle(rows)).rejects.toThrow(/1 of these rows.*bina\.attendance\.v1, partition 3, offset 321/)
  // The refused row itself may stand there or not: ClickHouse writes an insert's views side by side and takes none back.
  expect(await selectRows(test.client, "SELECT count() AS n FROM events WHERE id != 'in-321'")).toEqual([{ n: 499 }])
  expect(await selectRows(test.client, 'SELECT count() AS n FROM dead_letter')).toEqual([{ n: 0 }])
})
