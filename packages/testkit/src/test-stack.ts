import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClickHouse } from '@bina/local-stack/clickhouse-server'
import { dataDirHolder, lockDataDir } from '@bina/local-stack/data-dir-lock'
import { startKafka } from '@bina/local-stack/kafka-broker'
import { fetchKafkaJars } from '@bina/local-stack/kafka-jars'

const TEMP_PREFIX = 'bina-test-'
/** A directory younger than this may belong to a run that has not locked it yet. */
const SETTLED_MS = 60_000

export interface TestStack {
  /** `host:port`, several separated by commas. */
  readonly kafkaBrokers: string
  /** `http://host:port`, with user and password where the server wants them, without a database. */
  readonly clickhouseUrl: string
  stop(): Promise<void>
}

/**
 * The servers that are given; embedded ones on free ports for those that are not, with their data in a temporary directory that is
 * gone after `stop`. They are ended by force: nobody needs their data.
 */
export async function startTestStack(options: {
  readonly kafkaBrokers: string | undefined
  readonly clickhouseUrl: string | undefined
  readonly cacheDir: string
}): Promise<TestStack> {
  const { kafkaBrokers, clickhouseUrl, cacheDir } = options
  if (kafkaBrokers !== undefined && clickhouseUrl !== undefined) {
    return { kafkaBrokers, clickhouseUrl: withoutDatabase(clickhouseUrl), stop: async () => {} }
  }
  await removeLeftBehind()
  const dataDir = await mkdtemp(join(tmpdir(), TEMP_PREFIX))
  const lock = await lockDataDir(dataDir)
  const undo: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true }), () => lock.release()]
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  const [kafka, clickhouse] = await Promise.allSettled([
    kafkaBrokers ??
      fetchKafkaJars({ cacheDir }).then((jarsDir) => startKafka({ dataDir: join(dataDir, 'kafka'), jarsDir })),
    clickhouseUrl ?? startClickHouse({ dataDir: join(dataDir, 'clickhouse') }),
  ])
  for (const server of [kafka, clickhouse]) {
    if (server.status === 'fulfilled' && typeof server.value !== 'string') undo.push(server.value.kill)
  }
  if (kafka.status === 'rejected' || clickhouse.status === 'rejected') {
    await stop()
    const reasons = [kafka, clickhouse].flatMap((server) => (server.status === 'rejected' ? [server.reason] : []))
    throw reasons.length === 1 ? reasons[0] : new AggregateError(reasons, 'neither Kafka nor ClickHouse started')
  }
  return {
    kafkaBrokers: typeof kafka.value === 'string' ? kafka.value : kafka.value.bootstrapServers,
    clickhouseUrl: typeof clickhouse.value === 'string' ? withoutDatabase(clickhouse.value) : clickhouse.value.url,
    stop,
  }
}

function withoutDatabase(url: string): string {
  const parsed = new URL(url)
  parsed.pathname = ''
  return parsed.href.replace(/\/$/, '')
}

/** A run that was ended by force could not tidy up; its servers have ended with it, its directory has not. */
async function removeLeftBehind(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const dir = join(tmpdir(), name)
    if (!name.startsWith(TEMP_PREFIX) || (await isYoung(dir)) || (await dataDirHolder(dir)) !== undefined) continue
    await rm(dir, { recursive: true, force: true })
  }
}

async function isYoung(dir: string): Promise<boolean> {
  const made = await stat(dir).catch(() => undefined)
  return made === undefined || Date.now() - made.mtimeMs < SETTLED_MS
}
