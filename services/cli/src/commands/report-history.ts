import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { parseWeek } from '@bina/domain/week'
import type { DeliveryState, ReportDelivery, ReportRun } from '@bina/pipeline/ports/report-ledger'
import { runIdOf } from '@bina/reporting/run-id'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { localTime } from '../local-time.ts'
import { printable } from '../printable.ts'
import { typedName } from '../report/readers.ts'
import { withServers } from '../servers.ts'
import { textTable } from '../text-table.ts'

export interface HistoryOptions {
  readonly week?: string
  readonly unit?: string
  readonly state?: DeliveryState
  readonly limit: number
}

/** The runs, the latest first; of one week who got what. */
export async function reportHistory(context: CommandContext, options: HistoryOptions): Promise<void> {
  await withServers(context.env, async ({ zone, clickhouse }) => {
    const ledger = createReportLedger(clickhouse)
    if (options.week === undefined) {
      const runs = await ledger.runs(options.limit)
      if (runs.length === 0) context.say('No report was ever sent. The first: npx bina report run')
      else for (const line of runTable(runs, zone)) context.say(line)
      context.answer({ runs })
      return
    }
    const week = parseWeek(options.week)
    const run = await ledger.run(runIdOf(week))
    if (run === undefined)
      throw new CommandError(`There was no run of ${runIdOf(week)}.`, 1, { hint: `npx bina report run --week ${week}` })
    const rows = (await ledger.deliveries(run.runId)).filter(
      ({ unitId, state }) =>
        (options.unit === undefined || unitId === options.unit) &&
        (options.state === undefined || state === options.state),
    )
    for (const line of runTable([run], zone)) context.say(line)
    for (const line of deliveryTable(rows.slice(0, options.limit))) context.say(line)
    if (rows.length > options.limit)
      context.say(`and ${rows.length - options.limit} more; all of them: --limit ${rows.length}`)
    context.answer({ run, deliveries: rows.slice(0, options.limit), total: rows.length })
  })
}

function runTable(runs: readonly ReportRun[], zone: string): readonly string[] {
  const at = (ms: number | undefined) => (ms === undefined ? '' : localTime(zone, ms))
  const rows = runs.map((run) => [
    ...[run.period, run.state, at(run.startedAtMs), at(run.finishedAtMs)],
    ...[run.units, run.delivered, run.failed, run.suppressed].map(String),
    printable(run.cause),
  ])
  const head = ['week of', 'state', 'started', 'finished', 'units', 'sent', 'failed', 'held back', 'cause']
  return textTable([head, ...rows], [4, 5, 6, 7])
}

function deliveryTable(rows: readonly ReportDelivery[]): readonly string[] {
  const head = ['unit', 'report', 'recipient', 'as', 'issue', 'state', 'attempts', 'answer']
  const lines = rows.map((row) => [
    ...[row.unitId, typedName(row.report), printable(row.recipient), row.reader, String(row.issue), row.state],
    ...[String(row.attempts), printable(row.smtpReply)],
  ])
  return textTable([head, ...lines], [4, 6])
}
