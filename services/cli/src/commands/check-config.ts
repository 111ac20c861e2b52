import { readIngestConfig } from '@bina/ingest-api/config'
import { readPortalConfig } from '@bina/portal/config'
import { readReportConfig } from '@bina/report-cron/config'
import { ConfigError } from '@bina/runtime/config'
import { loadPolicy } from '@bina/runtime/load-policy'
import { readScoreConfig } from '@bina/score-worker/config'
import { readSinkConfig } from '@bina/sink-worker/config'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { environmentWithStack } from '../variables.ts'

const readers = {
  'sink-worker': readSinkConfig,
  'backfill-worker': (env: NodeJS.ProcessEnv) => readSinkConfig({ ...env, SINK_LANE: 'backfill' }),
  'score-worker': readScoreConfig,
  'report-cron': readReportConfig,
  'ingest-api': readIngestConfig,
  portal: readPortalConfig,
} as const

/** Reads every service's configuration and the policy as the services would, and says all that is wrong at once. */
export async function checkConfig(context: CommandContext, only: string | undefined): Promise<void> {
  if (only !== undefined && !(only in readers))
    throw new CommandError(`There is no service ${only}. There are: ${Object.keys(readers).join(', ')}`, 2)
  const env = environmentWithStack(context.env)
  const results: { name: string; problems: readonly string[] }[] = []
  for (const [name, read] of Object.entries(readers)) {
    if (only !== undefined && name !== only) continue
    results.push({ name, problems: problemsOf(() => read(env)) })
  }
  try {
    await loadPolicy(env.BINA_POLICY_DIR ?? 'policy')
    results.push({ name: 'policy', problems: [] })
  } catch (error) {
    results.push({ name: 'policy', problems: [error instanceof Error ? error.message : String(error)] })
  }
  for (const { name, problems } of results) {
    context.say(problems.length === 0 ? `${name}: ok` : `${name}:\n  ${problems.join('\n  ')}`)
  }
  context.answer({ results })
  if (results.some(({ problems }) => problems.length > 0))
    throw new CommandError('The configuration is not complete: see above.', 1)
}

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}
