import { freshNames } from '@bina/testkit/test-city'
import { type ClickHouseClient, connectClickHouse } from './connect.ts'
import { migrate } from './migrate.ts'

// Tests only.

export interface TestDatabase {
  readonly database: string
  readonly client: ClickHouseClient
  /** Takes the database away, and those laid beside it. */
  drop(...beside: readonly string[]): Promise<void>
}

/** A database of its own on the tests' server, with all tables and views. */
export async function createTestDatabase(clickhouseUrl: string, zone = 'Asia/Jakarta'): Promise<TestDatabase> {
  const { database } = freshNames()
  const settings = { url: `${clickhouseUrl}/${database}`, user: 'default', password: '', application: 'bina-test' }
  await migrate(settings, { zone })
  const client = connectClickHouse(settings)
  return {
    database,
    client,
    drop: async (...beside) => {
      for (const name of [...beside, database]) await client.command({ query: `DROP DATABASE IF EXISTS ${name}` })
      await client.close()
    },
  }
}
