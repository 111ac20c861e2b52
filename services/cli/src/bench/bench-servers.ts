import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { LocalStackConfig } from '@bina/local-stack/local-stack'
import type { CommandContext } from '../context.ts'
import { type Servers, withServers } from '../servers.ts'
import { dataDirOf, environmentWithStack } from '../variables.ts'

/** The servers of the environment or of the running stack; where neither names them, embedded ones for the time of the work, whose data is
 *  gone afterwards. `env` names them for processes that the work starts. */
export async function withBenchServers(
  context: CommandContext,
  work: (servers: Servers, env: NodeJS.ProcessEnv) => Promise<void>,
): Promise<void> {
  const known = environmentWithStack(context.env)
  const wantKafka = known.KAFKA_BROKERS === undefined
  const wantClickHouse = known.CLICKHOUSE_URL === undefined
  const dataDir = resolve(dataDirOf(context.env))
  const ownDir = join(dataDir, 'bench')
  const stack =
    wantKafka || wantClickHouse
      ? await startStack({
          dataDir: ownDir,
          cacheDir: join(dataDir, 'cache'),
          want: { ...(wantKafka && { kafka: {} }), ...(wantClickHouse && { clickhouse: {} }) },
          progress: context.progress,
        })
      : undefined
  const env = {
    ...known,
    ...(stack?.kafka && { KAFKA_BROKERS: stack.kafka.bootstrapServers }),
    ...(stack?.clickhouse && { CLICKHOUSE_URL: `${stack.clickhouse.url}/bina` }),
  }
  try {
    await withServers(env, (servers) => work(servers, env))
  } finally {
    if (stack !== undefined) {
      await stack.stop()
      await rm(ownDir, { recursive: true, force: true })
    }
  }
}

// Loaded when it is needed: an image has no servers of its own, and yet benches against those that it is given.
async function startStack(config: LocalStackConfig) {
  await mkdir(config.dataDir, { recursive: true })
  const { startLocalStack } = await import('@bina/local-stack/local-stack')
  return startLocalStack(config)
}
