import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { migrate } from './migrate.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
})

afterAll(() => testDatabase?.drop())

/** As if the release with this migration came only now. */
async function migrateFrom(name: string, columns: readonly string[]) {
  const { client, database } = testDatabase
  await client.command({
    query: `DELETE FROM schema_migration WHERE name = {name: String}`,
    query_params: { name },
  })
  for (const column of columns)
    await client.command({ query: `ALTER TABLE unit_complaint_store DROP COLUMN ${column}` })
  const url = `${inject('clickhouseUrl')}/${database}`
  return migrate({ url, user: 'default', password: '', application: 'bina-test' }, { zone: 'Asia/Jakarta' })
}

const unheld = ['`unheld.from_at`', '`unheld.to_at`']

it('a city that has no complaint yet needs no rebuild for new columns', async () => {
  expect(await migrateFrom('0040_unheld', unheld)).toEqual({ applied: ['0040_unheld'], incomplete: [] })
})

it('rows from before a migration that lays columns are told of, once', async () => {
  const { client } = testDatabase
  await client.command({ query: "INSERT INTO unit_complaint_store (unit_id, complaint_id) VALUES ('A', 'c-1')" })
  const migrated = { applied: ['0040_unheld'], incomplete: ['unit_complaint_store'] }
  expect(await migrateFrom('0040_unheld', unheld)).toEqual(migrated)
  expect(await migrateFrom('', [])).toEqual({ applied: [], incomplete: [] })
})
