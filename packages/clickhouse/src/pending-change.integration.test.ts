import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createFoldedStore } from './folded-store.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
})

afterAll(() => testDatabase?.drop())

it('a due instant that came while nothing ran for a month is still to be folded; what is settled goes', async () => {
  const store = createFoldedStore(client)
  const nowMs = Date.now()
  const monthAgoMs = nowMs - 30 * 86_400_000
  const at = (ms: number) => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000`
  await store.writePending(
    ['complaint|unanswered', 'complaint|closed'].map((entity) => ({ entity, changeAtMs: monthAgoMs })),
    at(monthAgoMs - 86_400_000),
  )
  await store.writePending([{ entity: 'complaint|long_settled', changeAtMs: undefined }], at(monthAgoMs))
  await store.writePending([{ entity: 'complaint|closed', changeAtMs: undefined }], at(nowMs))
  await client.command({ query: 'OPTIMIZE TABLE pending_change FINAL' })
  expect(await store.pendingUntil(nowMs, 10)).toEqual(['complaint|unanswered'])
  const rows = await client.query({ query: 'SELECT entity FROM pending_change ORDER BY entity', format: 'JSONEachRow' })
  expect(await rows.json()).toEqual([{ entity: 'complaint|closed' }, { entity: 'complaint|unanswered' }])
})
