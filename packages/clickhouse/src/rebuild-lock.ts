import type { RebuildHold } from '@bina/pipeline/ports/rebuild-store'
import { ClickHouseError } from '@clickhouse/client'
import { clickHouseFaultOf } from './clickhouse-fault.ts'
import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

/** What the names of locks are like. */
export const lockTables = 'rebuild\\_lock\\_%'
const TABLE_EXISTS = '57'
const beatEveryMs = 10_000

/**
 * Lets one rebuild at a time into a database. A lock is a table, since the server makes a table for one caller alone, and its rows
 * are the heartbeats of its holder. One that has fallen silent, as after a kill, is followed by the table with the next number, which
 * again one caller alone can make.
 */
export function createRebuildLock(
  client: ClickHouseClient,
  { database, silentAfterSeconds }: { readonly database: string; readonly silentAfterSeconds: number },
) {
  const command = (query: string) => client.command({ query })
  const nameOf = (number: number) => `rebuild_lock_${number}`

  const latest = async () => {
    const [lock] = await selectRows<{ number: number; madeSecondsAgo: number }>(
      client,
      `SELECT toUInt32(substring(name, length('rebuild_lock_') + 1)) AS number,
         dateDiff('second', metadata_modification_time, now()) AS madeSecondsAgo
       FROM system.tables WHERE database = {database: String} AND name LIKE {locks: String} ORDER BY number DESC LIMIT 1`,
      { database, locks: lockTables },
    )
    return lock
  }
  const silentSeconds = async ({
    number,
    madeSecondsAgo,
  }: {
    readonly number: number
    readonly madeSecondsAgo: number
  }) => {
    try {
      const [beat] = await selectRows<{ secondsAgo: number }>(
        client,
        `SELECT dateDiff('second', max(at), now64(3)) AS secondsAgo FROM ${database}.${nameOf(number)}`,
      )
      return Math.min(madeSecondsAgo, beat?.secondsAgo ?? madeSecondsAgo)
    } catch (error) {
      if (clickHouseFaultOf(error) === 'no_table') return Number.POSITIVE_INFINITY // released a moment ago
      throw error
    }
  }

  return async (): Promise<RebuildHold | { readonly heardSecondsAgo: number }> => {
    await command(`CREATE DATABASE IF NOT EXISTS ${database}`)
    const before = await latest()
    if (before !== undefined) {
      const seconds = await silentSeconds(before)
      if (seconds < silentAfterSeconds) return { heardSecondsAgo: seconds }
    }
    const number = (before?.number ?? 0) + 1
    const table = `${database}.${nameOf(number)}`
    try {
      await command(`CREATE TABLE ${table} (at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE = MergeTree ORDER BY at`)
    } catch (error) {
      if (error instanceof ClickHouseError && error.code === TABLE_EXISTS) return { heardSecondsAgo: 0 }
      throw error
    }
    if (before !== undefined) await command(`DROP TABLE IF EXISTS ${database}.${nameOf(before.number)} SYNC`)

    let isLost = false
    let beating: Promise<unknown> = Promise.resolve()
    const beat = () => {
      beating = command(`INSERT INTO ${table} (at) VALUES (now64(3))`).catch((error: unknown) => {
        // Another rebuild took this one for killed. Anything else, the next beat may mend.
        if (clickHouseFaultOf(error) === 'no_table') isLost = true
      })
    }
    const timer = setInterval(beat, beatEveryMs)
    return {
      isLost: () => isLost,
      release: async () => {
        clearInterval(timer)
        await beating
        // The whole database is gone where the rebuild came to its end.
        if ((await latest()) !== undefined) await command(`DROP TABLE IF EXISTS ${table} SYNC`)
      },
    }
  }
}
