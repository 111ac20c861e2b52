import type { ClickHouseClient } from './connect.ts'

export interface EntityEventRow {
  readonly entity: string
  readonly source: string
  readonly id: string
  readonly type: string
  readonly occurredAtMs: number
  readonly ingestedAtMs: number
  readonly supersedes: string
  readonly withdraws: string
  readonly data: string
}

export interface RevisionRow {
  readonly source: string
  readonly targetId: string
  readonly kind: 'supersedes' | 'withdraws'
  readonly id: string
  readonly occurredAtMs: number
}

export interface Identity {
  readonly source: string
  readonly id: string
}

export interface EntityLog {
  /** Every event ever accepted of these entities, and the server's time of reading: the version of what is folded from them. */
  eventsOf(entities: readonly string[]): Promise<{ readonly readAt: string; readonly events: readonly EntityEventRow[] }>
  /** What supersedes or withdraws these events, one step; mostly nothing. */
  revisionsOf(targets: readonly Identity[]): Promise<readonly RevisionRow[]>
  /** The entities (and targets, for corrections) of known events; unknown identities are left out. */
  locate(identities: readonly Identity[]): Promise<readonly { readonly source: string; readonly id: string; readonly entity: string; readonly supersedes: string; readonly withdraws: string }[]>
  /** Every entity of one kind (`staff`, `unit`, `day`, ...) that any event ever named. */
  entitiesOfKind(kind: string): Promise<readonly string[]>
}

export function createEntityLog(client: ClickHouseClient): EntityLog {
  const select = async <T>(query: string, params: Record<string, unknown>): Promise<T[]> => {
    const result = await client.query({ query, query_params: params, format: 'JSONEachRow' })
    return result.json<T>()
  }
  const pairs = (identities: readonly Identity[]) => ({ sources: identities.map(({ source }) => source), ids: identities.map(({ id }) => id) })
  return {
    eventsOf: async (entities) => {
      // Asked first: whatever is stored after it comes with a touch of its own, and so with a later version.
      const [server] = await select<{ now: string }>('SELECT toString(now64(6)) AS now', {})
      const events = await select<EntityEventRow>(
        `SELECT entity, source, id, type, toUnixTimestamp64Milli(occurred_at) AS occurredAtMs,
           toUnixTimestamp64Milli(ingested_at) AS ingestedAtMs, supersedes, withdraws, data
         FROM entity_event FINAL
         WHERE entity IN {entities: Array(String)} AND (source, id, precedence) NOT IN (SELECT source, id, precedence FROM identity_conflict)`,
        { entities },
      )
      return { readAt: server?.now ?? '', events }
    },
    revisionsOf: async (targets) =>
      targets.length === 0
        ? []
        : select<RevisionRow>(
            `SELECT source, target_id AS targetId, kind, id, toUnixTimestamp64Milli(occurred_at) AS occurredAtMs
             FROM revision FINAL
             WHERE (source, target_id) IN (SELECT arrayJoin(arrayZip({sources: Array(String)}, {ids: Array(String)})))
               AND (source, id, precedence) NOT IN (SELECT source, id, precedence FROM identity_conflict)`,
            pairs(targets),
          ),
    locate: async (identities) =>
      identities.length === 0
        ? []
        : select(
            `SELECT source, id, entity, supersedes, withdraws FROM event_store FINAL
             WHERE (source, id) IN (SELECT arrayJoin(arrayZip({sources: Array(String)}, {ids: Array(String)})))`,
            pairs(identities),
          ),
    entitiesOfKind: async (kind) => {
      const rows = await select<{ entity: string }>(
        `SELECT DISTINCT entity FROM entity_event WHERE entity >= {from: String} AND entity < {to: String} ORDER BY entity`,
        { from: `${kind}|`, to: `${kind}}` },
      )
      return rows.map(({ entity }) => entity)
    },
  }
}
