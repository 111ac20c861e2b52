import { addDays } from '@bina/domain/plain-date'
import type { LastMail, ReportSnapshots } from '@bina/pipeline/ports/report-snapshots'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'

const daysBack = 182

export function createReportSnapshots(client: ClickHouseClient): ReportSnapshots {
  const lastMail = queryFile('report.last_mail')
  return {
    lastBefore: (week, units) =>
      selectByNames<LastMail>(client, lastMail, { units }, { from: addDays(week, -daysBack), week }),
    inputsOf: ({ week, report }, units) =>
      selectByNames<{ readonly unitId: string; readonly input: string }>(
        client,
        `SELECT unit_id AS unitId, input FROM report_snapshot_store AS s FINAL
         WHERE unit_id IN {units: Array(String)} AND s.week = {week: Date} AND report = {report: String} AND input != ''`,
        { units },
        { week, report },
      ),
    keep: ({ unitId, week, report, sentAtMs, ...said }) =>
      insertRows(client, 'report_snapshot_store', [{ unit_id: unitId, week, report, sent_at: sentAtMs, ...said }]),
  }
}
