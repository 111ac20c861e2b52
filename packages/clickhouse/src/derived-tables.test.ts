import { expect, it } from 'vitest'
import { derivedTables, keptTables } from './derived-tables.ts'
import { readMigrations } from './migrate.ts'

it('says of every table whether a rebuild makes it anew', () => {
  const made = readMigrations().flatMap(({ statements }) =>
    statements.flatMap((statement) => /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(statement)?.[1] ?? []),
  )
  expect([...derivedTables, ...keptTables].toSorted()).toEqual(made.toSorted())
})
