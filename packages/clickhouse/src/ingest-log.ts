import type { IngestLog, SettledMessage } from '@bina/pipeline/ports/ingest-log'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'

const columns = [
  'topic',
  'topic_rank',
  'partition',
  'offset',
  'record_at',
  'ingested_at',
  'outcome',
  'source',
  'id',
  'type',
  'subject',
  'occurred_at',
  'unit_id',
  'entity',
  'supersedes',
  'withdraws',
  'data',
  'content_hash',
  'reason',
  'detail',
  'key_base64',
  'headers_json',
  'bytes_base64',
] as const

function toRow(m: SettledMessage): readonly unknown[] {
  const position = [m.topic, m.topicRank, m.partition, m.offset, m.recordAtMs, m.ingestedAtMs, m.outcome]
  if (m.outcome === 'event') {
    return [
      ...position,
      m.source,
      m.id,
      m.type,
      m.subject,
      m.occurredAtMs,
      m.unitId,
      m.entity,
      m.supersedes,
      m.withdraws,
      m.data,
      m.contentHash.toString(),
      '',
      '',
      '',
      '',
      '',
    ]
  }
  const base64 = (bytes: Buffer | null) => bytes?.toString('base64') ?? ''
  return [
    ...position,
    '',
    '',
    '',
    '',
    0,
    '',
    '',
    '',
    '',
    '',
    '0',
    m.reason,
    m.detail,
    base64(m.key),
    m.headersJson,
    base64(m.value),
  ]
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
    passOver: (empty) =>
      insertRows(
        client,
        'ingest_empty',
        empty.map(({ topic, partition, first, last }) => ({
          topic,
          partition,
          first_offset: first,
          last_offset: last,
        })),
      ),
  }
}
