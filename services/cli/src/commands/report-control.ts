import { createReportControls } from '@bina/clickhouse/report-controls'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { isoWeekName } from '@bina/domain/week'
import { runIdOf } from '@bina/reporting/run-id'
import { closedWeek } from '../closed-week.ts'
import type { CommandContext } from '../context.ts'
import { ring } from '../report/ring.ts'
import { withServers } from '../servers.ts'

interface ControlOptions {
  readonly week?: string
}

/** Stops a week's run before its next mail; what was sent stays sent. */
export async function reportPause(context: CommandContext, options: ControlOptions): Promise<void> {
  await withServers(context.env, async ({ zone, clickhouse }) => {
    const week = closedWeek(zone, options.week)
    await createReportControls(clickhouse).set(week, 'paused', true)
    const run = await createReportLedger(clickhouse).run(runIdOf(week))
    const isOver = run?.state === 'finished'
    context.say(
      isOver
        ? `The reports of ${isoWeekName(week)} have all been sent already: there is nothing left to pause.`
        : `The reports of ${isoWeekName(week)} are paused before the next mail. On with them: npx bina report resume --week ${week}`,
    )
    context.answer({ week, paused: true, state: run?.state ?? null })
  })
}

/** Goes on with a paused run. */
export async function reportResume(context: CommandContext, options: ControlOptions): Promise<void> {
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    await createReportControls(servers.clickhouse).set(week, 'paused', false)
    await ring(servers, { week, byItself: true })
    context.say(`The reports of ${isoWeekName(week)} go on. How far they are: npx bina report history --week ${week}`)
    context.answer({ week, paused: false })
  })
}

/** Lets a week's run go out that waits until somebody has looked at it. */
export async function reportApprove(context: CommandContext, options: ControlOptions): Promise<void> {
  await withServers(context.env, async (servers) => {
    const week = closedWeek(servers.zone, options.week)
    await createReportControls(servers.clickhouse).set(week, 'approved', true)
    await ring(servers, { week, byItself: true })
    context.say(
      `The reports of ${isoWeekName(week)} are approved and go out. How far they are: npx bina report history --week ${week}`,
    )
    context.answer({ week, approved: true })
  })
}
