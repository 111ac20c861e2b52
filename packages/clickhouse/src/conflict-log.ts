import type { ConflictLog, LosingEvent, LosingMessage } from '@bina/pipeline/ports/conflict-log'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'

const mark = 'identity'
/** Bounds what is asked at once after a long absence. */
const spanMinutes = 5
/** An insert is seen a while after the time that its rows bear; no client waits longer for one. */
const overlapSeconds = 60
const losersAtOnce = 5_000

interface Span {
  readonly now: string
  /** Earliest time at which something was settled that was not looked at; null when there is nothing. */
  readonly from: string | null
  readonly until: string
}

interface LoserRow {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly precedence: string
  readonly contentHash: string
  readonly standing: { readonly topic: string; readonly partition: number; readonly offset: number }
}

export function createConflictLog(client: ClickHouseClient): ConflictLog {
  const contested = queryFile('identity.contested')
  const losingEvents = queryFile('identity.losing_events')

  const nextSpan = async (): Promise<Span> => {
    const [span] = await selectRows<Span>(
      client,
      `WITH now64(3, 'UTC') AS instant, (SELECT max(through) FROM sweep_mark FINAL WHERE name = {mark: String}) AS looked_through
       SELECT toString(instant) AS now, toString(minOrNull(settled_at) AS earliest) AS from,
         toString(least(instant, ifNull(earliest, instant) + INTERVAL {minutes: UInt32} MINUTE)) AS until
       FROM ingest_offset WHERE settled_at >= looked_through - INTERVAL {overlap: UInt32} SECOND`,
      { mark, minutes: spanMinutes, overlap: overlapSeconds },
    )
    if (span === undefined) throw new Error('ClickHouse answered an aggregate without a row')
    return span
  }

  const losersIn = async (span: Pick<Span, 'until'> & { readonly from: string }): Promise<readonly LosingMessage[]> => {
    // Which identities are contested is asked once, and their messages are read without the others'.
    const rows = await selectRows<LoserRow>(
      client,
      `SELECT message.2 AS topic, message.3 AS partition, message.4 AS offset, toString(message.5) AS precedence,
         toString(message.1) AS contentHash,
         CAST((stands.2, stands.3, stands.4), 'Tuple(topic String, partition UInt16, offset UInt64)') AS standing
       FROM
       (
         SELECT argMax((content_hash, topic, partition, offset), precedence) AS stands,
           arrayJoin(groupUniqArray((content_hash, topic, partition, offset, precedence))) AS message
         FROM message_identity WHERE identity_hash IN (SELECT identity_hash FROM (${contested}))
         GROUP BY identity_hash
       )
       WHERE message.1 != stands.1
         AND (message.2, message.3, message.4) NOT IN
           (SELECT topic, partition, offset FROM dead_letter_store WHERE reason = 'conflicting_duplicate')
       ORDER BY topic, partition, offset LIMIT {limit: UInt32}`,
      { ...span, limit: losersAtOnce },
    )
    return rows.map(({ contentHash, ...row }) => ({ ...row, contentHash: BigInt(contentHash) }))
  }

  return {
    look: async () => {
      const { now, from, until } = await nextSpan()
      if (from === null) return { losers: [], through: now, isLast: true }
      const losers = await losersIn({ from, until })
      const isWhole = losers.length < losersAtOnce
      return { losers, through: isWhole ? until : undefined, isLast: isWhole && until === now }
    },
    setLookedThrough: async (through) => {
      await client.insert({ table: 'sweep_mark', values: [{ name: mark, through }], format: 'JSONEachRow' })
    },
    losingEvents: async (losers) => {
      const messages = losers.map(({ precedence }) => precedence)
      const rows = await selectByNames<LosingEvent & { readonly message: string }>(client, losingEvents, { messages })
      return new Map(rows.map(({ message, ...event }) => [message, event]))
    },
    exclude: async (losers) => {
      await client.insert({
        table: 'identity_conflict',
        values: losers.map(({ source, id, topic, partition, offset, precedence }) => ({
          source,
          id,
          topic,
          partition,
          offset,
          precedence,
        })),
        format: 'JSONEachRow',
      })
    },
    setAside: async (letters) => {
      await client.insert({
        table: 'conflict_letter',
        values: letters.map(({ topic, partition, offset, atMs, detail, key, headersJson, value }) => ({
          topic,
          partition,
          offset,
          at: atMs,
          detail,
          key_base64: key?.toString('base64') ?? '',
          headers_json: headersJson,
          bytes_base64: value?.toString('base64') ?? '',
        })),
        format: 'JSONEachRow',
        clickhouse_settings: { materialized_views_ignore_errors: 0 },
      })
    },
  }
}
