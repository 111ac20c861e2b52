import type { EntityKind, RebuildMark, RebuildStart, RebuildStore } from '@bina/pipeline/ports/rebuild-store'
import type { ClickHouseClient } from './connect.ts'
import { derivedTables, derivedViews, weeklyTables } from './derived-tables.ts'
import { createEntityLog } from './entity-log.ts'
import { createEntityPages } from './entity-pages.ts'
import { queryFile } from './query-file.ts'
import { createRebuildLock, lockTables } from './rebuild-lock.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

/** The database beside `database` in which a rebuild lays its tables. */
export const rebuildDatabase = (database: string): string => `${database}_rebuild`

/** A rebuild that is not heard of for so long counts as killed. */
const silentAfterSeconds = 60

/** @param client of the database that is rebuilt, `config.database` */
export function createRebuildStore(client: ClickHouseClient, config: { readonly database: string }): RebuildStore {
  const old = config.database
  const fresh = rebuildDatabase(old)
  const command = (query: string) => client.command({ query })
  const note = async (name: string, value: string) => {
    await client.insert({ table: `${fresh}.rebuild_note`, values: [{ name, value }], format: 'JSONEachRow' })
  }

  const notes = async (): Promise<ReadonlyMap<string, string>> => {
    const [{ found } = { found: 0 }] = await selectRows<{ found: number }>(
      client,
      "SELECT count() AS found FROM system.tables WHERE database = {fresh: String} AND name = 'rebuild_note'",
      { fresh },
    )
    if (found === 0) return new Map()
    const rows = await selectRows<{ name: string; value: string }>(
      client,
      `SELECT name, value FROM ${fresh}.rebuild_note FINAL`,
    )
    return new Map(rows.map(({ name, value }) => [name, value]))
  }

  /** Which table stands where: after an exchange its identity is found in the other database. */
  const identities = (database: string) =>
    selectRows<{ name: string; uuid: string }>(
      client,
      `SELECT name, toString(uuid) AS uuid FROM system.tables
       WHERE database = {database: String} AND name IN {names: Array(String)} ORDER BY name`,
      { database, names: derivedTables },
    )
  const shapeOf = async () => {
    const [row] = await selectRows<{ shape: string }>(
      client,
      `SELECT toString(groupBitXor(sipHash64(table, name, type))) AS shape FROM system.columns
       WHERE database = {old: String} AND table IN {names: Array(String)}`,
      { old, names: derivedTables },
    )
    return row?.shape ?? ''
  }

  /** All but the lock, which the one that lays the tables holds. */
  const tablesToClear = async () => {
    const rows = await selectRows<{ name: string }>(
      client,
      'SELECT name FROM system.tables WHERE database = {fresh: String} AND name NOT LIKE {locks: String}',
      { fresh, locks: lockTables },
    )
    return rows.map(({ name }) => name)
  }

  const layTables = async () => {
    await command(`CREATE DATABASE IF NOT EXISTS ${fresh}`)
    for (const name of await tablesToClear()) await command(`DROP TABLE IF EXISTS ${fresh}.\`${name}\` SYNC`)
    for (const table of derivedTables) await command(`CREATE TABLE ${fresh}.${table} AS ${old}.${table}`)
    const views = await selectRows<{ text: string }>(
      client,
      `SELECT create_table_query AS text FROM system.tables WHERE database = {old: String} AND name IN {names: Array(String)}`,
      { old, names: derivedViews },
    )
    const names = [...derivedTables, ...derivedViews].join('|')
    const ours = new RegExp(`\`?\\b${old}\\b\`?\\.\`?(${names})\\b\`?`, 'g')
    for (const { text } of views) await command(text.replace(ours, `${fresh}.$1`))
    await command(
      `CREATE TABLE ${fresh}.rebuild_note (name String, value String, version DateTime64(6) DEFAULT now64(6))
       ENGINE = ReplacingMergeTree(version) ORDER BY name`,
    )
  }

  return {
    hold: createRebuildLock(client, { database: fresh, silentAfterSeconds }),
    begin: async (policyVersion, anew): Promise<RebuildStart> => {
      const shape = await shapeOf()
      const known = await notes()
      const mark = known.get('mark')
      const isPastSwap = mark !== undefined && (JSON.parse(mark) as RebuildMark).step.startsWith('swap')
      const startedAt = known.get('started_at')
      // What is being swapped is to be ended, whatever else is wanted.
      const goesOn = known.get('policy') === policyVersion && known.get('shape') === shape && (!anew || isPastSwap)
      if (startedAt !== undefined && (goesOn || isPastSwap))
        return {
          startedAt,
          startedAtMs: Date.parse(`${startedAt.slice(0, 23).replace(' ', 'T')}Z`),
          mark: mark === undefined ? undefined : (JSON.parse(mark) as RebuildMark),
        }
      await layTables()
      const [server] = await selectRows<{ now: string; ms: number }>(
        client,
        'SELECT toString(now64(6) AS t) AS now, toUnixTimestamp64Milli(t) AS ms',
      )
      await note('policy', policyVersion)
      await note('shape', shape)
      await note('tables', JSON.stringify(await identities(fresh)))
      await note('started_at', server?.now ?? '') // the last of them: without it all is laid anew
      return { startedAt: server?.now ?? '', startedAtMs: server?.ms ?? 0, mark: undefined }
    },
    setMark: (mark) => note('mark', JSON.stringify(mark)),
    countEntities: async (kind) => {
      const [row] = await selectRows<{ total: number }>(
        client,
        'SELECT uniq(entity) AS total FROM entity_event WHERE entity >= {from: String} AND entity < {to: String}',
        rangeOf(kind),
      )
      return row?.total ?? 0
    },
    pageAfter: createEntityPages(client, createEntityLog(client)),
    withoutEvents: async (entities) => {
      const rows = await selectByNames<{ entity: string }>(
        client,
        'SELECT DISTINCT entity FROM entity_event WHERE entity IN {entities: Array(String)}',
        { entities },
      )
      const told = new Set(rows.map(({ entity }) => entity))
      return entities.filter((entity) => !told.has(entity))
    },
    keepAbsencesBefore: async (date) => {
      await client.command({
        query: `INSERT INTO ${fresh}.person_day_store SELECT * FROM ${old}.person_day_store FINAL
          WHERE work_date < {date: Date} AND status = 'unexcused' AND heard = 0
            AND (person_key, work_date) NOT IN
              (SELECT person_key, work_date FROM ${fresh}.person_day_store WHERE work_date < {date: Date})
            -- Of whom the log knows nothing any more, nothing is to come back.
            AND concat('staff|', person_key) IN
              (SELECT entity FROM ${old}.entity_event WHERE entity >= 'staff|' AND entity < 'staff}')`,
        query_params: { date },
      })
    },
    keepFrozen: async () => {
      const [row] = await selectRows<{ week: string }>(
        client,
        // A day counts in its own week and three more (R4).
        `SELECT toString(toMonday(through_date) + 21) AS week FROM clock_mark FINAL WHERE name = 'frozen'`,
      )
      if (row === undefined) return
      for (const table of weeklyTables) {
        await command(`ALTER TABLE ${fresh}.${table} DELETE WHERE week <= '${row.week}' SETTINGS mutations_sync = 2`)
        await command(`INSERT INTO ${fresh}.${table} SELECT * FROM ${old}.${table} FINAL WHERE week <= '${row.week}'`)
      }
    },
    swap: async () => {
      const wanted = JSON.parse((await notes()).get('tables') ?? '[]') as { name: string; uuid: string }[]
      const now = new Map((await identities(old)).map(({ name, uuid }) => [name, uuid]))
      for (const { name, uuid } of wanted) {
        if (now.get(name) !== uuid) await command(`EXCHANGE TABLES ${old}.${name} AND ${fresh}.${name}`)
      }
    },
    listSince: async (startedAt) => {
      await command(`CREATE OR REPLACE TABLE ${fresh}.rebuild_moved (entity String) ENGINE = MergeTree ORDER BY entity`)
      const list = `INSERT INTO ${fresh}.rebuild_moved ${queryFile('rebuild.entities_since')}`
      await client.command({ query: list, query_params: { since: startedAt } })
    },
    listedAfter: async (after, limit) => {
      const rows = await selectRows<{ entity: string }>(
        client,
        `SELECT entity FROM ${fresh}.rebuild_moved WHERE entity > {after: String} ORDER BY entity LIMIT {limit: UInt32}`,
        { after, limit },
      )
      return rows.map(({ entity }) => entity)
    },
    revisedSince: (startedAt) =>
      selectRows(
        client,
        `SELECT DISTINCT source, arrayJoin([supersedes, withdraws]) AS id FROM event_store
         WHERE stored_at >= subtractMinutes({since: DateTime64(6, 'UTC')}, 1) AND (supersedes != '' OR withdraws != '') AND id != ''`,
        { since: startedAt },
      ),
    turnBackClock: async (throughDate) => {
      await command(
        `INSERT INTO clock_mark (name, through_date) SELECT name, least(through_date, toDate('${throughDate}')) FROM clock_mark FINAL WHERE name = 'day_end'`,
      )
    },
    restate: async () => {
      const before = await countRestated(client)
      await command(queryFile('rebuild.restate'))
      return (await countRestated(client)) - before
    },
    end: async () => {
      await command(`DROP DATABASE IF EXISTS ${fresh} SYNC`)
    },
  }
}

const rangeOf = (kind: EntityKind) => ({ from: `${kind}|`, to: `${kind}}` })

async function countRestated(client: ClickHouseClient): Promise<number> {
  const [row] = await selectRows<{ rows: number }>(client, 'SELECT count() AS rows FROM score_restatement')
  return row?.rows ?? 0
}
