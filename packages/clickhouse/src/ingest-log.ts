import type { IngestLog, SettledDeadLetter, SettledEvent, SettledMessage } from '@bina/pipeline/ports/ingest-log'
import type { ClickHouseClient } from './connect.ts'
import { insertRowBinary } from './insert-row-binary.ts'
import { insertRows } from './insert-rows.ts'
import { createRowBinaryWriter, type RowBinaryWriter } from './row-binary.ts'

// In the order in which the rows are written.
const positionColumns = ['topic', 'topic_rank', 'partition', 'offset', 'record_at', 'ingested_at', 'outcome']
const eventColumns = [
  ...positionColumns,
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
]
const letterColumns = [...positionColumns, 'reason', 'detail', 'key_base64', 'headers_json', 'bytes_base64']
const outcomes = { event: 1, dead_letter: 2 } as const

function writePosition(to: RowBinaryWriter, m: SettledMessage): void {
  to.string(m.topic)
  to.uint8(m.topicRank)
  to.uint16(m.partition)
  to.whole64(m.offset)
  to.whole64(m.recordAtMs)
  to.whole64(m.ingestedAtMs)
  to.uint8(outcomes[m.outcome])
}

function writeEvent(to: RowBinaryWriter, m: SettledEvent): void {
  writePosition(to, m)
  to.string(m.source)
  to.string(m.id)
  to.string(m.type)
  to.string(m.subject)
  to.whole64(m.occurredAtMs)
  to.string(m.unitId)
  to.string(m.entity)
  to.string(m.supersedes)
  to.string(m.withdraws)
  to.string(m.data)
  to.uint64(m.contentHash)
}

function writeLetter(to: RowBinaryWriter, m: SettledDeadLetter): void {
  writePosition(to, m)
  to.string(m.reason)
  to.string(m.detail)
  to.string(base64(m.key))
  to.string(m.headersJson)
  to.string(base64(m.value))
}

const base64 = (bytes: Buffer | null) => bytes?.toString('base64') ?? ''

export function createIngestLog(client: ClickHouseClient): IngestLog {
  return {
    begin: () => {
      const events = { table: 'ingest', columns: eventColumns, rows: createRowBinaryWriter(), count: 0 }
      const letters = { table: 'ingest', columns: letterColumns, rows: createRowBinaryWriter(), count: 0 }
      return {
        add: (message) => {
          if (message.outcome === 'event') {
            writeEvent(events.rows, message)
            events.count++
          } else {
            writeLetter(letters.rows, message)
            letters.count++
          }
        },
        // The letters' columns are many and mostly empty, so they go by themselves. One may be kept without the other, as it may be with
        // each of the tables behind `ingest`: then all of it is sent again.
        settle: async () => {
          // One failing view fails the whole insert, so that it is sent again: a table must never lack what another has.
          for (const part of [events, letters])
            await insertRowBinary(client, part, { materialized_views_ignore_errors: 0 })
        },
      }
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
