import type { ReportControl, ReportControls } from '@bina/pipeline/ports/report-controls'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'

export function createReportControls(client: ClickHouseClient): ReportControls {
  return {
    of: async (week) => {
      const rows = await selectRows<{ control: ReportControl }>(
        client,
        'SELECT control FROM report_control_store FINAL WHERE period = {week: Date} AND is_set = 1',
        { week },
      )
      return new Set(rows.map(({ control }) => control))
    },
    set: (week, control, isSet) =>
      insertRows(client, 'report_control_store', [{ period: week, control, is_set: Number(isSet) }]),
  }
}
