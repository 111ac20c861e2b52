import { expect, it } from 'vitest'
import { derivedTables, keptTables } from './derived-tables.ts'
import { readMigrations } from './migrate.ts'

it('says of every table whether a rebuild makes it anew', () => {
  const statements = readMigrations().flatMap((migration) => migration.statements)
  const named = (pattern: RegExp) => statements.flatMap((statement) => pattern.exec(statement)?.[1] ?? [])
  const dropped = new Set(named(/^DROP TABLE (?:IF EXISTS )?(\w+)/))
  const made = named(/^CREATE TABLE IF NOT EXISTS (\w+)/).filter((table) => !dropped.has(table))
  expect([...derivedTables, ...keptTables].toSorted()).toEqual(made.toSorted())
})
