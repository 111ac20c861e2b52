import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { type ClickHouseClient, type ClickHouseSettings, connectClickHouse, databaseOf } from './connect.ts'
import { derivedTables } from './derived-tables.ts'
import { selectRows } from './select-rows.ts'

export interface Migration {
  readonly name: string
  readonly checksum: string
  readonly statements: readonly string[]
}

export interface Migrated {
  /** Names of the migrations that were applied now. */
  readonly applied: readonly string[]
  /** Tables that were given columns and hold rows from before: these say nothing there until a rebuild works them out anew. */
  readonly incomplete: readonly string[]
}

export interface MigrationState {
  readonly applied: readonly string[]
  readonly pending: readonly string[]
  /** Applied once, but the file says something else now: never edit a migration that has landed, add the next one. */
  readonly changed: readonly string[]
}

const folder = new URL('../migrations/', import.meta.url)
const viewsFile = new URL('../views/contract.sql', import.meta.url)

/** Statements of a file: separated by a semicolon at the end of a line, comments left out. */
export function statementsOf(sql: string): readonly string[] {
  return sql
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

export function readMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return {
        name: name.replace('.sql', ''),
        checksum: createHash('sha256').update(sql).digest('hex'),
        statements: statementsOf(sql),
      }
    })
}

async function appliedOf(client: ClickHouseClient): Promise<ReadonlyMap<string, string>> {
  const exists = await client.query({ query: `EXISTS TABLE schema_migration`, format: 'JSONEachRow' })
  if ((await exists.json<{ result: number }>())[0]?.result !== 1) return new Map()
  const rows = await client.query({
    query: 'SELECT name, checksum FROM schema_migration FINAL ORDER BY name',
    format: 'JSONEachRow',
  })
  return new Map((await rows.json<{ name: string; checksum: string }>()).map(({ name, checksum }) => [name, checksum]))
}

/** What is applied, what is to come, and what was edited after it was applied. Throws when the database is not there. */
export async function migrationState(client: ClickHouseClient): Promise<MigrationState> {
  const applied = await appliedOf(client)
  const migrations = readMigrations()
  return {
    applied: [...applied.keys()],
    pending: migrations.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    changed: migrations
      .filter(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
      .map(({ name }) => name),
  }
}

/** Makes the database, applies what is missing in order and lays the views anew. Each statement may run twice, so a run
 *  that was killed half way is simply run again. */
export async function migrate(
  settings: ClickHouseSettings,
  options: { readonly zone: string; readonly onStep?: (name: string) => void },
): Promise<Migrated> {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(options.zone))
    throw new Error(`"${options.zone}" is not the name of a time zone`)
  const server = connectClickHouse({ ...settings, withoutDatabase: true })
  try {
    await server.command({ query: `CREATE DATABASE IF NOT EXISTS ${databaseOf(settings.url)}` })
  } finally {
    await server.close()
  }
  const client = connectClickHouse(settings)
  try {
    await client.command({
      query: `CREATE TABLE IF NOT EXISTS schema_migration (name String, checksum String, applied_at DateTime64(3, 'UTC') DEFAULT now64(3))
        ENGINE = ReplacingMergeTree ORDER BY name`,
    })
    const { pending, changed } = await migrationState(client)
    if (changed.length > 0) {
      throw new Error(
        `These migrations were edited after they were applied: ${changed.join(', ')}. Put the old text back and add a new migration.`,
      )
    }
    const coming = readMigrations().filter(({ name }) => pending.includes(name))
    const incomplete = await withRows(client, widenedBy(coming))
    for (const migration of coming) {
      options.onStep?.(migration.name)
      for (const query of migration.statements) await client.command({ query })
      await client.insert({
        table: 'schema_migration',
        values: [{ name: migration.name, checksum: migration.checksum }],
        format: 'JSONEachRow',
      })
    }
    options.onStep?.('views')
    for (const query of statementsOf(readFileSync(viewsFile, 'utf8').replaceAll('{{zone}}', options.zone)))
      await client.command({ query })
    return { applied: pending, incomplete }
  } finally {
    await client.close()
  }
}

/** Derived tables that these migrations give columns. */
function widenedBy(migrations: readonly Migration[]): readonly string[] {
  const statements = migrations.flatMap((migration) => migration.statements)
  return derivedTables.filter((table) =>
    statements.some(
      (statement) => new RegExp(`^ALTER TABLE ${table}\\b`).test(statement) && /\bADD COLUMN\b/.test(statement),
    ),
  )
}

async function withRows(client: ClickHouseClient, tables: readonly string[]): Promise<readonly string[]> {
  const rows = await selectRows<{ name: string }>(
    client,
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND name IN {tables: Array(String)} AND total_rows > 0 ORDER BY name`,
    { tables },
  )
  return rows.map(({ name }) => name)
}
