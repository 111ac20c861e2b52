import { type ClickHouseSettings, connectClickHouse } from '@bina/clickhouse/connect'

/** Drops a bench's own database, when it is there, and resolves when its files are gone. */
export async function dropDatabase(server: ClickHouseSettings, database: string): Promise<void> {
  const client = connectClickHouse({ ...server, withoutDatabase: true })
  try {
    await client.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` })
  } finally {
    await client.close()
  }
}
