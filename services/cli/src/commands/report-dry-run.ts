import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { caughtUp } from '@bina/kafka/caught-up'
import { createDataComplete } from '@bina/pipeline/report/data-complete'
import { dryRun } from '@bina/pipeline/report/dry-run'
import { createMayRun } from '@bina/pipeline/report/may-run'
import { pipelineStages } from '@bina/pipeline/stages'
import { runIdOf } from '@bina/reporting/run-id'
import { closedWeek } from '../closed-week.ts'
import type { CommandContext } from '../context.ts'
import { openReports } from '../report/open-reports.ts'
import { typedName } from '../report/readers.ts'
import { withServers } from '../servers.ts'
import { textTable } from '../text-table.ts'

const shownAtMost = 20

/** What a run would send now, counted: every report is written, and no mail leaves. */
export async function reportDryRun(context: CommandContext, options: { readonly week?: string }): Promise<void> {
  await withServers(context.env, async (servers) => {
    const { zone, kafka, topicPrefix, clickhouse } = servers
    const week = closedWeek(zone, options.week)
    const reports = await openReports(context, servers)
    const { signal } = context
    // Now, and not in a while: a dry run waits for nothing.
    const behind = createDataComplete(
      { zone, waitMs: 0 },
      {
        store: createFoldedStore(clickhouse),
        caughtUp: () => caughtUp(kafka, pipelineStages(topicPrefix), { timeoutMs: 0, signal }),
        wait: async () => {},
      },
    )
    const result = await dryRun(week, { ...reports, mayRun: createMayRun(reports, { ...reports, behind }) })
    const { counts, held, unreachable, unconfirmed, units, hold } = result
    context.say(`${runIdOf(week)} would be sent to ${units} units and those above them:`)
    for (const line of textTable(
      [
        ['report', 'as', 'state', 'mails'],
        ...counts.map(({ report, reader, state, count }) => [typedName(report), reader, state, String(count)]),
      ],
      [3],
    ))
      context.say(line)
    if (unconfirmed > 0) context.say(`${unconfirmed} added recipients have not confirmed yet and get nothing.`)
    for (const { unitId, cause } of [...held, ...unreachable].slice(0, shownAtMost))
      context.say(`${unitId === '' ? 'all' : unitId}: ${cause}`)
    const more = held.length + unreachable.length - shownAtMost
    if (more > 0) context.say(`and ${more} more`)
    context.say(hold === undefined ? 'Nothing keeps the run back.' : `It would be held: ${hold.cause}.`)
    context.answer({ week, runId: runIdOf(week), ...result })
  })
}
