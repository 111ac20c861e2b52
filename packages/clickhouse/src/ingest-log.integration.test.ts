import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createIngestLog } from './ingest-log.ts'
import { selectRows } from './select-rows.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { settledPunch } from './test-punch.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase(inject('clickhouseUrl'))
})
afterAll(() => test.drop())

const told = Date.parse('2026-06-09T00:30:00Z')
/** Each a millisecond after the one before, and of another content. */
const punch = (offset: number, id: string) =>
  settledPunch(offset, {
    recordAtMs: told + offset,
    ingestedAtMs: told + offset,
    id,
    data: `{"offset":${offset}}`,
    contentHash: BigInt(offset + 1),
  })

it('a clock-in that is told twice within one batch counts once, as it was told first, though no parts have been merged', async () => {
  await test.client.command({ query: 'SYSTEM STOP MERGES event_store' })
  const batch = createIngestLog(test.client).begin()
  for (let offset = 0; offset < 3_000; offset++) batch.add(punch(offset, `in-${offset % 2_000}`))
  await batch.settle()
  expect(await selectRows(test.client, 'SELECT count() AS rows FROM event_store')).toEqual([{ rows: 3_000 }])
  expect(
    await selectRows(test.client, 'SELECT count() AS rows, uniqExact(id) AS ids, max(offset) AS latest FROM events'),
  ).toEqual([{ rows: 2_000, ids: 2_000, latest: 1_999 }])
  expect(
    await selectRows(
      test.client,
      `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS repeated, sum(dead_lettered) AS letters,
        sum(missing) AS missing FROM ingest_balance`,
    ),
  ).toEqual([{ received: 3_000, stored: 2_000, repeated: 0, letters: 1_000, missing: 0 }])
})
