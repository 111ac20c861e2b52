import { setTimeout as wait } from 'node:timers/promises'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createReportSnapshots } from '@bina/clickhouse/report-snapshots'
import { createWorkCalendar } from '@bina/domain/calendar'
import { topicName } from '@bina/events/topics'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import type { ReportRun } from '@bina/pipeline/ports/report-ledger'
import { reportInputs } from '@bina/pipeline/report/report-inputs'
import { parseCaseUrls } from '@bina/reporting/case-urls'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { runIdOf } from '@bina/reporting/run-id'
import { loadPolicy } from '@bina/runtime/load-policy'
import { loadActionLibrary } from '@bina/runtime/load-practice'
import { closedWeek } from '../closed-week.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { type Servers, withServers } from '../servers.ts'
import { environmentWithStack } from '../variables.ts'

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
  const publisher = await createMessagePublisher(servers.kafka)
  const askedAtMs = Date.now()
  try {
    await publisher.publish([
      { topic: topicName(servers.topicPrefix, 'bina.report-due.v1'), key: week, value: JSON.stringify({ week }) },
    ])
  } finally {
    await publisher.close()
  }
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

/** One unit's report as it would be mailed now. */
export async function reportPreview(
  context: CommandContext,
  unitId: string,
  options: { readonly week?: string; readonly format: 'html' | 'text' },
): Promise<void> {
  await withServers(context.env, async (servers) => {
    const { config, zone, clickhouse } = servers
    const week = closedWeek(zone, options.week)
    const policy = await loadPolicy(config.BINA_POLICY_DIR)
    const environment = environmentWithStack(context.env)
    const { reports } = await reportInputs(
      {
        zone,
        cityProfile: config.BINA_CITY_PROFILE,
        dueMinute: 6 * 60,
        contact: environment.MAIL_REPLY_TO ?? 'bina@localhost',
        caseUrls: parseCaseUrls(environment.REPORT_CASE_URLS ?? ''),
      },
      {
        figures: createReportFigures(clickhouse, { zone }),
        snapshots: createReportSnapshots(clickhouse),
        calendar: createWorkCalendar({ zone, policy: policy.calendar }),
        policy: policy.scoring,
        policyVersion: policy.version,
      },
      { week, nowMs: Date.now(), dataCompleteUntilMs: Date.now(), unitIds: [unitId] },
    )
    const { value: report } = await reports[Symbol.asyncIterator]().next()
    if (report === undefined)
      throw new CommandError(
        `The unit ${unitId} gets no report: the directory does not know it today as a kelurahan, kecamatan or upt. The known ones: SELECT unit_id, name FROM unit`,
      )
    const view = reportViewModel(report.input, await loadActionLibrary(config.BINA_POLICY_DIR))
    const body = options.format === 'html' ? renderHtml(view) : renderText(view)
    context.say(body)
    context.answer({ unitId, week, subject: view.subject, format: options.format, body })
  })
}
