import type { ClickHouseClient } from './connect.ts'

/** The rows of a question as objects. Values are bound by `{name: Type}`, never put in. */
export async function selectRows<T>(
  client: ClickHouseClient,
  query: string,
  query_params: Readonly<Record<string, unknown>> = {},
): Promise<readonly T[]> {
  const result = await client.query({ query, query_params: { ...query_params }, format: 'JSONEachRow' })
  return result.json<T>()
}
