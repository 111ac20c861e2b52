import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

// Where an event went, asked on behalf of its publisher. Nothing here tells a person's key.

export interface TracedIdentity {
  readonly source: string
  readonly id: string
}

export interface MessagePlace {
  /** The contract's name. */
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

export interface TracedEvent extends MessagePlace {
  readonly type: string
  readonly subject: string
  readonly unitId: string
  /** What is folded anew when it comes; may hold a person's key, for nobody's eyes. */
  readonly entity: string
  /** Ids of the events that it replaces or withdraws; empty when none. */
  readonly supersedes: string
  readonly withdraws: string
  readonly occurredAtMs: number
  readonly recordAtMs: number
  readonly ingestedAtMs: number
  readonly storedAtMs: number
}

export async function tracedEvent(
  client: ClickHouseClient,
  identity: TracedIdentity,
): Promise<TracedEvent | undefined> {
  const [event] = await selectRows<TracedEvent>(
    client,
    `SELECT topic, partition, offset, type, subject, unit_id AS unitId, entity, supersedes, withdraws,
       toUnixTimestamp64Milli(occurred_at) AS occurredAtMs, toUnixTimestamp64Milli(record_at) AS recordAtMs,
       toUnixTimestamp64Milli(ingested_at) AS ingestedAtMs, toUnixTimestamp64Milli(stored_at) AS storedAtMs
     FROM event_store FINAL WHERE source = {source: String} AND id = {id: String}`,
    { ...identity },
  )
  return event
}

export interface OtherMessage extends MessagePlace {
  /** False: it says something else under the same identity, and does not count. */
  readonly sameContent: boolean
}

/** Accepted messages with this identity beside the one that stands. */
export async function otherMessages(
  client: ClickHouseClient,
  identity: TracedIdentity,
): Promise<readonly OtherMessage[]> {
  const rows = await selectRows<MessagePlace & { same: number }>(
    client,
    `WITH (SELECT (topic, partition, offset, content_hash) FROM event_store FINAL
           WHERE source = {source: String} AND id = {id: String}) AS standing
     SELECT topic, partition, offset, content_hash = standing.4 AS same
     FROM message_identity FINAL
     WHERE identity_hash = sipHash64({source: String}, {id: String})
       AND (topic, partition, offset) != (standing.1, standing.2, standing.3)
     ORDER BY topic, partition, offset LIMIT 100`,
    { ...identity },
  )
  return rows.map(({ same, ...place }) => ({ ...place, sameContent: same === 1 }))
}

export interface TracedLetter extends MessagePlace {
  readonly atMs: number
  readonly reason: string
  readonly detail: string
  /** False: source and id only stand somewhere in bytes that cannot be read as JSON. */
  readonly certain: boolean
}

/** Dead letters whose original bytes or headers bear this identity, the latest first. Bytes are kept for 30 days. */
export async function tracedLetters(
  client: ClickHouseClient,
  identity: TracedIdentity,
): Promise<readonly TracedLetter[]> {
  const rows = await selectRows<Omit<TracedLetter, 'certain'> & { certain: number }>(
    client,
    `SELECT topic, partition, offset, toUnixTimestamp64Milli(at) AS atMs, reason, detail,
       ((JSONExtractString(bytes, 'source') = {source: String} AND JSONExtractString(bytes, 'id') = {id: String})
         OR (JSONExtractString(headers, 'ce_source', 1) = base64Encode({source: String})
           AND JSONExtractString(headers, 'ce_id', 1) = base64Encode({id: String}))) AS certain
     FROM dead_letter_store FINAL
     WHERE certain OR (NOT isValidJSON(bytes) AND position(bytes, {source: String}) > 0 AND position(bytes, {id: String}) > 0)
     ORDER BY certain DESC, at DESC, topic, partition, offset LIMIT 20`,
    { ...identity },
  )
  return rows.map(({ certain, ...letter }) => ({ ...letter, certain: certain === 1 }))
}

export interface SourceFacts {
  readonly events: number
  readonly latestMs: number | null
}

/** What was ever stored of a source. */
export async function sourceFacts(client: ClickHouseClient, source: string): Promise<SourceFacts> {
  const [facts] = await selectRows<SourceFacts>(
    client,
    `SELECT count() AS events, toUnixTimestamp64Milli(maxOrNull(ingested_at)) AS latestMs
     FROM event_store FINAL WHERE source = {source: String}`,
    { source },
  )
  return facts ?? { events: 0, latestMs: null }
}

/** Other sources that have an event of this id, and the sources with the most events: one of them may be meant. */
export async function likelySources(client: ClickHouseClient, id: string): Promise<readonly string[]> {
  const rows = await selectRows<{ source: string }>(
    client,
    `SELECT source FROM event_store GROUP BY source ORDER BY countIf(id = {id: String}) > 0 DESC, count() DESC, source LIMIT 5`,
    { id },
  )
  return rows.map(({ source }) => source)
}
