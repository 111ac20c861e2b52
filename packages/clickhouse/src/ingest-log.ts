import type { ClickHouseClient } from './connect.ts'

/** What became of one message at one offset; instants in epoch milliseconds. */
export type SettledMessage = SettledEvent | SettledDeadLetter

interface Position {
  readonly topic: string
  /** Rank of the topic among Bina's, so that "earlier topic" means the same to everybody. */
  readonly topicRank: number
  readonly partition: number
  readonly offset: number
  readonly recordAtMs: number
  readonly ingestedAtMs: number
}

export interface SettledEvent extends Position {
  readonly outcome: 'event'
  readonly source: string
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly occurredAtMs: number
  readonly unitId: string
  readonly entity: string
  readonly supersedes: string
  readonly withdraws: string
  /** JSON text. */
  readonly data: string
  readonly contentHash: bigint
}

export interface SettledDeadLetter extends Position {
  readonly outcome: 'dead_letter'
  readonly reason: string
  readonly detail: string
  readonly key: Buffer | null
  readonly headersJson: string
  readonly value: Buffer | null
}

export interface IngestLog {
  /** Resolves when all rows are durable. The same rows may be sent again: the effect is that of once. */
  settle(messages: readonly SettledMessage[]): Promise<void>
}

const columns = [
  'topic', 'topic_rank', 'partition', 'offset', 'record_at', 'ingested_at', 'outcome', 'source', 'id', 'type', 'subject', 'occurred_at',
  'unit_id', 'entity', 'supersedes', 'withdraws', 'data', 'content_hash', 'reason', 'detail', 'key_base64', 'headers_json', 'bytes_base64',
] as const

function toRow(m: SettledMessage): readonly unknown[] {
  const position = [m.topic, m.topicRank, m.partition, m.offset, m.recordAtMs, m.ingestedAtMs, m.outcome]
  if (m.outcome === 'event') {
    return [
      ...position, m.source, m.id, m.type, m.subject, m.occurredAtMs, m.unitId, m.entity, m.supersedes, m.withdraws, m.data,
      m.contentHash.toString(), '', '', '', '', '',
    ]
  }
  const base64 = (bytes: Buffer | null) => bytes?.toString('base64') ?? ''
  return [...position, '', '', '', '', 0, '', '', '', '', '', '0', m.reason, m.detail, base64(m.key), m.headersJson, base64(m.value)]
}

export function createIngestLog(client: ClickHouseClient): IngestLog {
  return {
    settle: async (messages) => {
      if (messages.length === 0) return
      await client.insert({
        table: 'ingest',
        columns: [...columns] as [string, ...string[]],
        values: messages.map(toRow),
        format: 'JSONCompactEachRow',
        // One failing view fails the whole insert, so that it is sent again: a table must never lack what another has.
        clickhouse_settings: { materialized_views_ignore_errors: 0, input_format_skip_unknown_fields: 0 },
      })
    },
  }
}
