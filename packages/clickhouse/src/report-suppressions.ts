import type { Suppression, Suppressions } from '@bina/pipeline/ports/report-suppressions'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'

export function createSuppressions(client: ClickHouseClient): Suppressions {
  return {
    list: () =>
      selectRows<Suppression>(
        client,
        `SELECT recipient, run_id AS runId, reason, intDiv(toUnixTimestamp64Micro(updated_at), 1000) AS updatedAtMs
         FROM report_suppression_store FINAL WHERE is_lifted = 0 ORDER BY recipient`,
      ),
    add: ({ recipient, runId, reason }) =>
      insertRows(client, 'report_suppression_store', [{ recipient, run_id: runId, reason, is_lifted: 0 }]),
    lift: (recipient) =>
      insertRows(client, 'report_suppression_store', [{ recipient, run_id: '', reason: '', is_lifted: 1 }]),
  }
}
