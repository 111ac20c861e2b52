import type { ReportNotices } from '@bina/pipeline/ports/report-notices'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'

export function createReportNotices(client: ClickHouseClient): ReportNotices {
  return {
    told: async (runId) => {
      const rows = await selectRows<{ matter: string }>(
        client,
        'SELECT matter FROM report_notice_store FINAL WHERE run_id = {run: String}',
        { run: runId },
      )
      return new Set(rows.map(({ matter }) => matter))
    },
    markTold: (runId, matter) => insertRows(client, 'report_notice_store', [{ run_id: runId, matter }]),
  }
}
