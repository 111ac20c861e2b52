import { addDays } from '@bina/domain/plain-date'
import type { ReportSnapshot, ReportSnapshots } from '@bina/pipeline/ports/report-snapshots'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectByNames } from './select-by-names.ts'

const daysBack = 182

export function createReportSnapshots(client: ClickHouseClient): ReportSnapshots {
  return {
    lastBefore: (week, units) =>
      selectByNames<ReportSnapshot>(
        client,
        `SELECT unit_id AS unitId, toString(s.week) AS week, toUnixTimestamp64Milli(sent_at) AS sentAtMs, service, discipline, due, overdue, told
         FROM report_snapshot_store AS s FINAL
         WHERE unit_id IN {units: Array(String)} AND s.week >= {from: Date} AND s.week < {week: Date}
         ORDER BY unit_id, s.week DESC LIMIT 1 BY unit_id`,
        { units },
        { from: addDays(week, -daysBack), week },
      ),
    write: (snapshots) =>
      insertRows(
        client,
        'report_snapshot_store',
        snapshots.map(({ unitId, week, sentAtMs, ...figures }) => ({
          ...{ unit_id: unitId, week, ...figures, sent_at: sentAtMs },
        })),
      ),
  }
}
