import type { ReportDelivery, ReportLedger, ReportRun } from '@bina/pipeline/ports/report-ledger'
import type { ClickHouseClient } from './connect.ts'

export function createReportLedger(client: ClickHouseClient): ReportLedger {
  const select = async <T>(query: string, query_params: Record<string, unknown>): Promise<T[]> => {
    const result = await client.query({ query, query_params, format: 'JSONEachRow' })
    return result.json<T>()
  }
  return {
    run: async (runId) => {
      const rows = await select<Omit<ReportRun, 'finishedAtMs'> & { finishedAtMs: number | null }>(
        `SELECT toString(period) AS period, run_id AS runId, state, toUnixTimestamp64Milli(started_at) AS startedAtMs,
           if(finished_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(finished_at))) AS finishedAtMs,
           toUnixTimestamp64Milli(data_complete_until) AS dataCompleteUntilMs, units, delivered, failed, suppressed, cause
         FROM report_run_store FINAL WHERE run_id = {run: String}`,
        { run: runId },
      )
      const row = rows[0]
      return row === undefined ? undefined : { ...row, finishedAtMs: row.finishedAtMs ?? undefined }
    },
    openWeeks: async () => {
      const rows = await select<{ period: string }>(
        `SELECT toString(period) AS period FROM report_run_store FINAL
         WHERE state != 'finished' AND (finished_at IS NULL
           OR run_id IN (SELECT run_id FROM report_delivery_store FINAL WHERE issue = 0 AND state = 'queued'))
         ORDER BY period`,
        {},
      )
      return rows.map(({ period }) => period)
    },
    writeRun: async (run) => {
      await client.insert({
        table: 'report_run_store',
        values: [
          {
            period: run.period,
            run_id: run.runId,
            state: run.state,
            started_at: run.startedAtMs,
            finished_at: run.finishedAtMs ?? null,
            data_complete_until: run.dataCompleteUntilMs,
            units: run.units,
            delivered: run.delivered,
            failed: run.failed,
            suppressed: run.suppressed,
            cause: run.cause,
          },
        ],
        format: 'JSONEachRow',
      })
    },
    deliveries: (runId) =>
      select<ReportDelivery>(
        `SELECT run_id AS runId, unit_id AS unitId, recipient, locale, issue, state, attempts, message_id AS messageId, smtp_reply AS smtpReply
         FROM report_delivery_store FINAL WHERE run_id = {run: String} ORDER BY unitId, recipient, locale, issue`,
        { run: runId },
      ),
    writeDelivery: async (delivery) => {
      await client.insert({
        table: 'report_delivery_store',
        values: [
          {
            run_id: delivery.runId,
            unit_id: delivery.unitId,
            recipient: delivery.recipient,
            locale: delivery.locale,
            issue: delivery.issue,
            state: delivery.state,
            attempts: delivery.attempts,
            message_id: delivery.messageId,
            smtp_reply: delivery.smtpReply,
          },
        ],
        format: 'JSONEachRow',
      })
    },
  }
}
