import { type IngestTotals, ingestTotals, scoresOfWeek } from '@bina/clickhouse/operator-queries'
import { createOutbox } from '@bina/local-stack/outbox'
import { shownEnvironment } from '../city/shown-environment.ts'
import { stackFileOf } from '../city/stack-file.ts'
import { startCity } from '../city/start-city.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { withServers } from '../servers.ts'
import { waitUntilSettled } from '../settled.ts'
import { dataDirOf } from '../variables.ts'
import { runReports } from './report.ts'
import { publishSimulatedCity } from './simulate.ts'

export interface DemoOptions {
  readonly once: boolean
  readonly seed: string
  readonly weeks: number
  readonly events: number
}

/** Of a city that nobody lives in no report waits until somebody has looked at it, whatever mail server it has. */
const inventedCity = { REPORT_APPROVAL_WEEKS: '0' }

/** The whole job on this machine: servers, tables, a simulated Palembang, scores, the weekly reports, the mails. */
export async function demo(context: CommandContext, options: DemoOptions): Promise<void> {
  const startedAtMs = Date.now()
  const running = stackFileOf(dataDirOf(context.env)).read()
  const city =
    running === undefined ? await startCity({ ...inventedCity, ...context.env }, context.progress) : undefined
  const state = running ?? city?.state
  try {
    const work = withServers(context.env, async (servers) => {
      const { published, week, stories } = await publishSimulatedCity(context, servers, options)
      await waitUntilSettled(context, servers)
      const run = await runReports(context, servers, week)
      const totals = await ingestTotals(servers.clickhouse)
      const scored = new Set((await scoresOfWeek(servers.clickhouse, week)).map(({ unitId }) => unitId)).size
      const emails = state?.outbox === undefined ? run.delivered : (await createOutbox(state.outbox).mails()).length
      const seconds = Math.round((Date.now() - startedAtMs) / 100) / 10
      if (totals.missing > 0)
        throw new CommandError(
          `${totals.missing} offsets are missing from the balance: see SELECT * FROM ingest_balance`,
        )
      if (run.state !== 'finished') throw new CommandError(`The reports of ${week} did not all go out: ${run.cause}`)
      const summary = {
        published,
        ...numbersOf(totals),
        unitsScored: scored,
        reports: run.units,
        emails,
        outbox: state?.outbox ?? '',
        seconds,
      }
      tellWhereToLook(context, {
        week,
        summary,
        stories,
        environment: state?.environment ?? {},
        ingestUrl: state?.ingestUrl,
      })
      context.answer(summary, !options.once)
    })
    const broken = city?.broken.then((reason) => {
      throw new CommandError(reason)
    })
    await (broken === undefined ? work : Promise.race([work, broken]))
    if (!options.once && city !== undefined) {
      context.say('\nIt stays up until Ctrl-C.')
      await Promise.race([broken, new Promise((resolve) => context.signal.addEventListener('abort', resolve))])
    }
  } finally {
    const step = city === undefined ? undefined : context.progress.step('Stopping')
    await city?.stop()
    step?.done()
  }
}

const numbersOf = ({ stored, duplicates, deadLettered }: IngestTotals) => ({ stored, duplicates, deadLettered })

function tellWhereToLook(
  context: CommandContext,
  told: {
    readonly week: string
    readonly summary: {
      readonly published: number
      readonly stored: number
      readonly duplicates: number
      readonly unitsScored: number
      readonly emails: number
      readonly outbox: string
      readonly seconds: number
    }
    readonly stories: Awaited<ReturnType<typeof publishSimulatedCity>>['stories']
    readonly environment: Readonly<Record<string, string>>
    readonly ingestUrl: string | undefined
  },
): void {
  const { summary, environment, stories } = told
  context.say('')
  context.say(
    `Palembang, week of ${told.week}: ${summary.published} events published, ${summary.stored} stored, ${summary.duplicates} repeats recognised,`,
  )
  context.say(`${summary.unitsScored} units scored, ${summary.emails} mails in the outbox, after ${summary.seconds} s.`)
  context.say('')
  context.say('Where to look')
  if (summary.outbox !== '') context.say(`  the mails         ${summary.outbox}/*.html`)
  for (const [name, value] of Object.entries(shownEnvironment(environment)))
    context.say(`  ${name.padEnd(17)} ${value}`)
  if (told.ingestUrl !== undefined) context.say(`  events over HTTP  ${told.ingestUrl}/v1/events`)
  context.say(
    `  one report        npx bina report preview ${(stories.find(({ kind }) => kind === 'closes_without_fixing') ?? stories[0])?.unitId ?? '16.71.05.1003'}`,
  )
  context.say('')
  context.say('What was planted in this city')
  for (const { unitId, unitName, description } of stories) context.say(`  ${unitName} (${unitId}): ${description.en}`)
}
