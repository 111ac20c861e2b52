import { ClickHouseError } from '@clickhouse/client'

/** An answer of ClickHouse that no waiting mends. */
export type ClickHouseFault = 'login' | 'no_database' | 'no_table' | 'not_allowed' | 'only_reads' | 'other'

// 192 an unknown user, 193 and 194 a password that is wrong or wanted, 516 any of these where the server does not say which.
const faults: ReadonlyMap<string, ClickHouseFault> = new Map([
  ['192', 'login'],
  ['193', 'login'],
  ['194', 'login'],
  ['516', 'login'],
  ['81', 'no_database'],
  ['60', 'no_table'],
  ['497', 'not_allowed'],
  ['164', 'only_reads'],
])

/** What ClickHouse refused; undefined when the error is no answer of it, such as a closed port. */
export function clickHouseFaultOf(error: unknown): ClickHouseFault | undefined {
  return error instanceof ClickHouseError ? (faults.get(String(error.code)) ?? 'other') : undefined
}
