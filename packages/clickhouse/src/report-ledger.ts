import type { ReportDelivery, ReportLedger, ReportRun } from '@bina/pipeline/ports/report-ledger'
import type { ClickHouseClient } from './connect.ts'

const deliveryColumns = `run_id AS runId, unit_id AS unitId, recipient, locale, issue, report, reader, toBool(follow_up) AS followUp, state,
  attempts, message_id AS messageId, smtp_reply AS smtpReply`

export function createReportLedger(client: ClickHouseClient): ReportLedger {
  const select = async <T>(query: string, query_params: Record<string, unknown>): Promise<T[]> => {
    const result = await client.query({ query, query_params, format: 'JSONEachRow' })
    return result.json<T>()
  }
  const selectRuns = async (rest: string, params: Record<string, unknown>): Promise<readonly ReportRun[]> => {
    const rows = await select<Omit<ReportRun, 'finishedAtMs'> & { finishedAtMs: number | null }>(
      `SELECT toString(r.period) AS period, run_id AS runId, state, toUnixTimestamp64Milli(started_at) AS startedAtMs,
         if(finished_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(finished_at))) AS finishedAtMs,
         toUnixTimestamp64Milli(data_complete_until) AS dataCompleteUntilMs, units, delivered, failed, suppressed, cause
       FROM report_run_store AS r FINAL ${rest}`,
      params,
    )
    return rows.map((row) => ({ ...row, finishedAtMs: row.finishedAtMs ?? undefined }))
  }
  return {
    run: async (runId) => (await selectRuns('WHERE run_id = {run: String}', { run: runId }))[0],
    runs: (limit) => selectRuns('ORDER BY r.period DESC LIMIT {limit: UInt32}', { limit }),
    endedBeside: async (runId) => {
      const rows = await select<{ ended: number }>(
        `SELECT toUInt32(count()) AS ended FROM report_run_store FINAL WHERE run_id != {run: String} AND finished_at IS NOT NULL`,
        { run: runId },
      )
      return rows[0]?.ended ?? 0
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
        `SELECT ${deliveryColumns} FROM report_delivery_store FINAL WHERE run_id = {run: String}
         ORDER BY unitId, recipient, locale, issue, report, followUp`,
        { run: runId },
      ),
    deliveryOf: async (messageId) => {
      // All versions of a row have one Message-ID, so that none has to be merged to find the last.
      const rows = await select<ReportDelivery>(
        `SELECT ${deliveryColumns} FROM report_delivery_store WHERE message_id = {message: String} ORDER BY updated_at DESC LIMIT 1`,
        { message: messageId },
      )
      return rows[0]
    },
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
            report: delivery.report,
            reader: delivery.reader,
            follow_up: Number(delivery.followUp),
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
