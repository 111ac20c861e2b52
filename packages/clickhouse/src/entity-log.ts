import type { EntityEventRow, EntityLog, Identity, RevisionRow } from '@bina/pipeline/ports/entity-log'
import type { ClickHouseClient } from './connect.ts'
import { type NameArrays, selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

/** Columns of an event as `EntityEventRow` names them. */
export const eventColumns = `entity, source, id, type, toUnixTimestamp64Milli(occurred_at) AS occurredAtMs,
  toUnixTimestamp64Milli(ingested_at) AS ingestedAtMs, supersedes, withdraws, data,
  precedence IN (SELECT precedence FROM identity_conflict) AS hasLost`

/** What revises the events whose (source, id) a question gives: the server knows the identities, and sending them by the thousand costs
 *  more than the answer. */
export const revisionsOfTargets = (targets: string) =>
  `SELECT source, target_id AS targetId, kind, id, toUnixTimestamp64Milli(occurred_at) AS occurredAtMs
   FROM revision FINAL
   WHERE (source, target_id) IN (${targets}) AND precedence NOT IN (SELECT precedence FROM identity_conflict)`

export function createEntityLog(client: ClickHouseClient): EntityLog {
  const pairs = (identities: readonly Identity[]) => ({
    sources: identities.map(({ source }) => source),
    ids: identities.map(({ id }) => id),
  })
  const revisions = (targets: string, names: NameArrays) =>
    selectByNames<RevisionRow>(client, revisionsOfTargets(targets), names)
  return {
    // Whatever is stored after it comes with a touch of its own, and so with a later version.
    serverTime: async () =>
      (await selectRows<{ now: string }>(client, 'SELECT toString(now64(6)) AS now'))[0]?.now ?? '',
    eventsOf: async (entities) => {
      const [rows, revised] = await Promise.all([
        selectByNames<EntityEventRow>(
          client,
          `SELECT ${eventColumns}
           FROM entity_event FINAL
           WHERE entity IN {entities: Array(String)}
           ORDER BY entity, source, id, precedence DESC`,
          { entities },
        ),
        revisions('SELECT source, id FROM entity_event WHERE entity IN {entities: Array(String)}', { entities }),
      ])
      return { events: rows.map((row, at) => ({ ...row, hasLost: hasLost(row, rows[at - 1]) })), revisions: revised }
    },
    revisionsOf: (targets) =>
      revisions('SELECT arrayJoin(arrayZip({sources: Array(String)}, {ids: Array(String)}))', pairs(targets)),
    locate: (identities) =>
      selectByNames(
        client,
        `SELECT source, id, entity, supersedes, withdraws FROM event_store FINAL
         WHERE (source, id) IN (SELECT arrayJoin(arrayZip({sources: Array(String)}, {ids: Array(String)})))`,
        pairs(identities),
      ),
    entitiesOfKind: async (kind) => {
      const rows = await selectRows<{ entity: string }>(
        client,
        `SELECT DISTINCT entity FROM entity_event WHERE entity >= {from: String} AND entity < {to: String} ORDER BY entity`,
        { from: `${kind}|`, to: `${kind}}` },
      )
      return rows.map(({ entity }) => entity)
    },
  }
}

/** Of several contents under one identity the earliest stands, and it comes first; which lost to another entity's event is on record. */
function hasLost(row: EntityEventRow, before: EntityEventRow | undefined): boolean {
  const isContested =
    before !== undefined && before.entity === row.entity && before.source === row.source && before.id === row.id
  return isContested || Boolean(row.hasLost)
}
