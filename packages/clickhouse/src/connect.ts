import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'

export type { ClickHouseClient } from '@clickhouse/client'

export interface ClickHouseSettings {
  /** http(s)://host:port/database */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly application: string
  /** Leave the database out, to make it first. */
  readonly withoutDatabase?: boolean
}

/** The database that the address names, `bina` when it names none. Letters, digits and underscore only: it stands in DDL. */
export function databaseOf(url: string): string {
  const name = new URL(url).pathname.replace(/^\/+|\/+$/g, '') || 'bina'
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new Error(`CLICKHOUSE_URL names the database "${name}": use letters, digits and underscore`)
  return name
}

/** A client over HTTP. Settings that changed between versions of the server are pinned, so that an upgrade changes nothing unasked. */
export function connectClickHouse(settings: ClickHouseSettings): ClickHouseClient {
  const url = new URL(settings.url)
  return createClient({
    url: url.origin,
    username: settings.user,
    password: settings.password,
    ...(settings.withoutDatabase === true ? {} : { database: databaseOf(settings.url) }),
    application: settings.application,
    request_timeout: 55_000,
    max_open_connections: 8,
    // It would print whole rows; errors reach us as throws.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      async_insert: 0,
      wait_for_async_insert: 1,
      date_time_input_format: 'best_effort',
      output_format_json_quote_64bit_integers: 0,
      output_format_json_quote_denormals: 0,
      join_use_nulls: 0,
      wait_end_of_query: 1,
      // Instants are written and read as text in UTC, whatever zone the server keeps.
      session_timezone: 'UTC',
    },
  })
}
