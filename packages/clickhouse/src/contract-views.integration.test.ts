import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { selectRows } from './select-rows.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
})

afterAll(() => testDatabase?.drop())

// The server takes `column != ''` for the size of the column: a view may say String over what has no size of its own.
it('every text column of the contract’s views can be asked whether it is empty', async () => {
  const { client } = testDatabase
  const columns = await selectRows<{ view: string; column: string }>(
    client,
    `SELECT table AS view, name AS column FROM system.columns
     WHERE database = currentDatabase() AND type = 'String'
       AND table IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View')
     ORDER BY view, column`,
  )
  const views = [...new Set(columns.map(({ view }) => view))]
  expect(views.length).toBeGreaterThan(20)
  const refused: string[] = []
  for (const { view, column } of columns) {
    await selectRows(client, `SELECT countIf(${column} != '') FROM ${view} WHERE empty(${column})`).catch((error) =>
      refused.push(`${view}.${column}: ${String(error).slice(0, 120)}`),
    )
  }
  expect(refused).toEqual([])
})
