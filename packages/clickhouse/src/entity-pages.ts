import type { EntityEventRow, EntityLog, EntityPage, RevisionRow } from '@bina/pipeline/ports/entity-log'
import type { ClickHouseClient } from './connect.ts'
import { eventColumns, revisionsOfTargets } from './entity-log.ts'
import { selectRows } from './select-rows.ts'

/**
 * Reads the log from one end to the other, as it is laid: whole entities of a kind after one of them, about `limit` events of them.
 * Undefined behind the last. Nothing is named, and no row is read twice but those next to a page's end: a page costs the same
 * wherever it lies and however long the log is.
 */
export function createEntityPages(client: ClickHouseClient, log: Pick<EntityLog, 'eventsOf'>) {
  return async (kind: string, after: string, limit: number): Promise<EntityPage | undefined> => {
    const rows = await selectRows<EntityEventRow>(
      client,
      // Read in the order of the key and no further than the limit: small blocks, since each part is read a block ahead.
      `SELECT ${eventColumns} FROM entity_event FINAL
       WHERE entity > {after: String} AND entity < {end: String}
       ORDER BY entity, source, id LIMIT {limit: UInt32} SETTINGS max_threads = 1, max_block_size = 8192`,
      { after: after === '' ? `${kind}|` : after, end: `${kind}}`, limit },
    )
    // What may go on behind the limit is left to the next page.
    const cut = rows.length < limit ? undefined : rows.at(-1)?.entity
    const events = rows.filter(({ entity }) => entity !== cut)
    const [first, last] = [events[0]?.entity, events.at(-1)?.entity]
    if (first === undefined || last === undefined)
      // Of the one entity there are more events than make a page.
      return cut === undefined ? undefined : { entities: [cut], ...(await log.eventsOf([cut])) }
    const revisions = await selectRows<RevisionRow>(
      client,
      revisionsOfTargets('SELECT source, id FROM entity_event WHERE entity BETWEEN {first: String} AND {last: String}'),
      { first, last },
    )
    return {
      entities: [...new Set(events.map(({ entity }) => entity))],
      events: events.map((row) => ({ ...row, hasLost: Boolean(row.hasLost) })),
      revisions,
    }
  }
}
