import type { BalanceLog, OffsetRange, SettledCounts } from '@bina/pipeline/ports/balance-log'
import type { ClickHouseClient } from './connect.ts'
import { queryFile } from './query-file.ts'
import { selectRows } from './select-rows.ts'

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
    settledIn: (range) => selectRows<SettledCounts>(client, settled, bound(range)),
    emptyIn: async (range) => {
      const [row] = await selectRows<{ readonly offsets: number }>(client, empty, bound(range))
      return row?.offsets ?? 0
    },
  }
}
