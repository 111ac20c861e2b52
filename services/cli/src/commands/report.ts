import { setTimeout as wait } from 'node:timers/promises'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import type { ReportRun } from '@bina/pipeline/ports/report-ledger'
import { runIdOf } from '@bina/reporting/run-id'
import { closedWeek } from '../closed-week.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { ring } from '../report/ring.ts'
import { type Servers, withServers } from '../servers.ts'

const answerWithinMs = 30_000
const pollMs = 250

/** Rings the doorbell for a week and waits for its run. Reports that were sent are not sent again. */
export async function reportRun(context: CommandContext, options: { readonly week?: string }): Promise<void> {
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    const run = await runReports(context, servers, week)
    context.say(
      `${run.runId}: ${run.state}, ${run.delivered} sent, ${run.failed} failed, ${run.suppressed} held back, of ${run.units} units.`,
    )
    context.answer(run)
    if (run.state !== 'finished') throw new CommandError(run.cause)
  })
}

export async function runReports(context: CommandContext, servers: Servers, week: string): Promise<ReportRun> {
  const ledger = createReportLedger(servers.clickhouse)
  const runId = runIdOf(week)
  const before = await ledger.run(runId)
  if (before?.state === 'finished') return before
  const askedAtMs = Date.now()
  await ring(servers, { week, byItself: false })
  const step = context.progress.step(`Reports of ${runId}`)
  for (let heard = false; ; await wait(pollMs, undefined, { signal: context.signal })) {
    const run = await ledger.run(runId)
    // A run that was under way when we asked may be the one that finishes: then our doorbell changes nothing.
    const ours = run !== undefined && (run.state === 'finished' || run.dataCompleteUntilMs >= askedAtMs)
    heard ||= ours
    if (ours && run.state !== 'running') {
      step.done(`${run.delivered} sent`)
      return run
    }
    if (ours) {
      const sent = (await ledger.deliveries(runId)).filter(({ state }) => state === 'sent').length
      step.update(sent, `${sent} mails sent, ${run.units} units`)
    }
    if (!heard && Date.now() - askedAtMs > answerWithinMs + 600_000) break
    if (!heard && Date.now() - askedAtMs > answerWithinMs)
      step.update(0, 'waiting for report-cron; see whether it runs: npx bina status')
  }
  step.fail()
  throw new CommandError('report-cron took no run for ten minutes.', 1, {
    code: 'no_answer',
    hint: 'See whether it runs: npx bina status',
  })
}
