import type { ClickHouseClient } from './connect.ts'
import { selectRows } from './select-rows.ts'

// What commands ask on behalf of an operator. Values are bound, never put in.

export interface ScoreOfWeek {
  readonly unitId: string
  readonly score: string
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: string
  readonly band: string
  readonly status: string
}

/** The scores of a week, by unit id: never by value, since nobody is ranked. */
export const scoresOfWeek = (client: ClickHouseClient, week: string, unitId?: string) =>
  selectRows<ScoreOfWeek>(
    client,
    `SELECT unit_id AS unitId, score, value, lower80, upper80, confidence, band, status FROM unit_week_score
     WHERE week = {week: Date} AND ({unit: String} = '' OR unit_id = {unit: String}) ORDER BY unitId, score`,
    { week, unit: unitId ?? '' },
  )

export interface IngestTotals {
  readonly received: number
  readonly stored: number
  readonly duplicates: number
  readonly deadLettered: number
  readonly missing: number
}

export async function ingestTotals(client: ClickHouseClient): Promise<IngestTotals> {
  const [totals] = await selectRows<IngestTotals>(
    client,
    `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`,
  )
  return totals ?? { received: 0, stored: 0, duplicates: 0, deadLettered: 0, missing: 0 }
}

export interface DeadLetterLine {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly atMs: number
  readonly reason: string
  readonly detail: string
}

/** The latest first. */
export const deadLetters = (client: ClickHouseClient, options: { readonly reason?: string; readonly limit: number }) =>
  selectRows<DeadLetterLine>(
    client,
    `SELECT topic, partition, offset, toUnixTimestamp64Milli(at) AS atMs, reason, detail FROM dead_letter
     WHERE {reason: String} = '' OR reason = {reason: String} ORDER BY at DESC, topic, partition, offset LIMIT {limit: UInt32}`,
    { reason: options.reason ?? '', limit: options.limit },
  )

export interface DeadLetterWhole extends DeadLetterLine {
  readonly keyBase64: string
  readonly headers: string
  readonly bytesBase64: string
}

const wholeLetter = `topic, partition, offset, toUnixTimestamp64Milli(at) AS atMs, reason, detail, base64Encode(key) AS keyBase64, headers, base64Encode(bytes) AS bytesBase64`

export async function deadLetterAt(
  client: ClickHouseClient,
  place: { topic: string; partition: number; offset: number },
): Promise<DeadLetterWhole | undefined> {
  const [letter] = await selectRows<DeadLetterWhole>(
    client,
    `SELECT ${wholeLetter}
     FROM dead_letter WHERE topic = {topic: String} AND partition = {partition: UInt16} AND offset = {offset: UInt64}`,
    place,
  )
  return letter
}

/** The next ones of a reason behind `after`, by topic, partition and offset. */
export const deadLettersAfter = (
  client: ClickHouseClient,
  options: { readonly reason: string; readonly after: DeadLetterLine | undefined; readonly limit: number },
) =>
  selectRows<DeadLetterWhole>(
    client,
    `SELECT ${wholeLetter} FROM dead_letter
     WHERE reason = {reason: String} AND (topic, partition, offset) > ({topic: String}, {partition: UInt16}, {offset: Int64})
     ORDER BY topic, partition, offset LIMIT {limit: UInt32}`,
    {
      reason: options.reason,
      topic: options.after?.topic ?? '',
      partition: options.after?.partition ?? 0,
      offset: options.after?.offset ?? -1,
      limit: options.limit,
    },
  )

interface EventIdentity {
  readonly source: string
  readonly id: string
}

/** Which of these identities stand among the events. */
export async function acceptedAmong(
  client: ClickHouseClient,
  identities: readonly EventIdentity[],
): Promise<(identity: EventIdentity) => boolean> {
  const nameOf = ({ source, id }: EventIdentity) => JSON.stringify([source, id])
  if (identities.length === 0) return () => false
  const rows = await selectRows<EventIdentity>(
    client,
    `SELECT DISTINCT CAST(source, 'String') AS source, id FROM event_store
     WHERE (source, id) IN (SELECT * FROM format(JSONCompactEachRow, 'source String, id String', {identities: String}))`,
    { identities: identities.map(({ source, id }) => JSON.stringify([source, id])).join('\n') },
  )
  const found = new Set(rows.map(nameOf))
  return (identity) => found.has(nameOf(identity))
}
