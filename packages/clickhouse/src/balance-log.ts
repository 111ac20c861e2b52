import type { BalanceLog, OffsetRange, SettledCounts } from '@bina/pipeline/ports/balance-log'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectRows } from './select-rows.ts'

/** Spelled out for each range: so the table's order finds them, as it would not in a list that is joined. */
const withinRange = (at: number) =>
  `(topic = {topic${at}: String} AND partition = {partition${at}: UInt16} AND offset >= {first${at}: UInt64} AND offset < {past${at}: UInt64})`

const boundAt = ({ topic, partition, first, past }: OffsetRange, at: number) => ({
  [`topic${at}`]: topic,
  [`partition${at}`]: partition,
  [`first${at}`]: first,
  [`past${at}`]: past,
})

export function createBalanceLog(client: ClickHouseClient): BalanceLog {
  const settled = queryFile('balance.settled')
  const empty = queryFile('balance.empty')
  const bound = ({ topic, partition, first, past }: OffsetRange) => ({ topic, partition, first, past })
  return {
    firstSettled: async (topic, partition) => {
      // In the table's order, so that it reads the first of them alone.
      const [row] = await selectRows<{ readonly first: number }>(
        client,
        `SELECT offset AS first FROM ingest_offset WHERE topic = {topic: String} AND partition = {partition: UInt16}
         ORDER BY offset LIMIT 1`,
        { topic, partition },
      )
      return row?.first
    },
    settledIn: async (ranges) => {
      if (ranges.length === 0) return []
      const query = settled.replaceAll('{ranges}', () => ranges.map((_, at) => withinRange(at)).join(' OR '))
      return selectRows<SettledCounts>(client, query, Object.assign({}, ...ranges.map(boundAt)))
    },
    emptyIn: async (range) => {
      const [row] = await selectRows<{ readonly offsets: number }>(client, empty, bound(range))
      return row?.offsets ?? 0
    },
  }
}
