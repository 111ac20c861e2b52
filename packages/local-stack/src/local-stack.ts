import { join, resolve } from 'node:path'
import type { ClickHouseServer, ClickHouseServerConfig } from './clickhouse-server.ts'
import { lockDataDir } from './data-dir-lock.ts'
import type { Exit } from './guarded-process.ts'
import { type KafkaBroker, type KafkaBrokerConfig, startKafka } from './kafka-broker.ts'
import { EXPECTED_JARS, fetchKafkaJars } from './kafka-jars.ts'
import type { Progress } from './progress.ts'
import { startRevivedClickHouse } from './revived-clickhouse.ts'
import { type SmtpSink, type SmtpSinkConfig, startSmtpSink } from './smtp-sink.ts'

export interface LocalStackConfig {
  /** Everything that the servers keep lies below it: `kafka`, `clickhouse`, `outbox`. */
  readonly dataDir: string
  /** What can be fetched again: the broker's jars. */
  readonly cacheDir: string
  /** Which servers to start; those that are absent are somebody else's. */
  readonly want: {
    readonly kafka?: Omit<KafkaBrokerConfig, 'dataDir' | 'jarsDir'>
    readonly clickhouse?: Omit<ClickHouseServerConfig, 'dataDir'>
    readonly smtp?: Omit<SmtpSinkConfig, 'outboxDir'>
  }
  readonly progress: Progress
}

export interface LocalStack {
  readonly kafka?: KafkaBroker
  readonly clickhouse?: ClickHouseServer
  readonly smtp?: SmtpSink
  readonly outboxDir: string
  /** Resolves when a server ends that nobody told to end. */
  readonly broken: Promise<{ readonly server: 'Kafka' | 'ClickHouse'; readonly exit: Exit; readonly logFile: string }>
  /** Stops in reverse: mail, Kafka, ClickHouse; tries each. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts the wanted servers side by side on one data directory, which is this process's alone until `stop`. When one does not start,
 * those that did are stopped again. Throws LocalStackError as its parts do; data_dir_in_use when another stack runs there.
 */
export async function startLocalStack(config: LocalStackConfig): Promise<LocalStack> {
  const dataDir = resolve(config.dataDir)
  const outboxDir = join(dataDir, 'outbox')
  const { want, progress } = config
  const lock = await lockDataDir(dataDir)
  const [clickhouse, kafka, smtp] = await Promise.allSettled([
    want.clickhouse &&
      shown(
        progress,
        'Starting ClickHouse',
        startRevivedClickHouse({ ...want.clickhouse, dataDir: join(dataDir, 'clickhouse') }),
      ),
    want.kafka && startKafkaWithJars(config, want.kafka, join(dataDir, 'kafka')),
    want.smtp && startSmtpSink({ ...want.smtp, outboxDir }),
  ])
  const outcomes = [clickhouse, kafka, smtp]
  const started = outcomes.flatMap((outcome) =>
    outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : [],
  )
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= stopInReverse(started).finally(() => lock.release())
    return stopping
  }
  const reasons: unknown[] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  if (clickhouse.status === 'rejected' || kafka.status === 'rejected' || smtp.status === 'rejected') {
    await stop().catch((unclean: unknown) => reasons.push(unclean))
    throw reasons.length === 1 ? reasons[0] : new AggregateError(reasons, reasons.map(messageOf).join('\n'))
  }
  const broken = new Promise<Awaited<LocalStack['broken']>>((tell) => {
    const watch = (server: 'Kafka' | 'ClickHouse', running: KafkaBroker | ClickHouseServer | undefined) =>
      running?.exited.then((exit) => {
        if (stopping === undefined) tell({ server, exit, logFile: running.logFile })
      })
    watch('Kafka', kafka.value)
    watch('ClickHouse', clickhouse.value)
  })
  return {
    ...(kafka.value && { kafka: kafka.value }),
    ...(clickhouse.value && { clickhouse: clickhouse.value }),
    ...(smtp.value && { smtp: smtp.value }),
    outboxDir,
    broken,
    stop,
  }
}

async function startKafkaWithJars(
  { cacheDir, progress }: LocalStackConfig,
  kafka: Omit<KafkaBrokerConfig, 'dataDir' | 'jarsDir'>,
  dataDir: string,
): Promise<KafkaBroker> {
  const jarsDir = await fetchJarsShown(cacheDir, progress)
  return shown(progress, 'Starting Kafka', startKafka({ ...kafka, dataDir, jarsDir }))
}

/** Fetches the broker's jars under a bar that is there only when something is fetched. */
export async function fetchJarsShown(cacheDir: string, progress: Progress): Promise<string> {
  let step: ReturnType<Progress['step']> | undefined
  try {
    const jarsDir = await fetchKafkaJars({
      cacheDir,
      onFetch: () => {
        step = progress.step("Fetching Kafka's jars", EXPECTED_JARS)
        step.update(0, 'Maven looks up what belongs to it')
      },
      onProgress: (jars) => step?.update(jars, ''),
    })
    step?.done()
    return jarsDir
  } catch (error) {
    step?.fail()
    throw error
  }
}

async function shown<T>(progress: Progress, name: string, work: Promise<T>): Promise<T> {
  const step = progress.step(name)
  try {
    const result = await work
    step.done('ready')
    return result
  } catch (error) {
    step.fail()
    throw error
  }
}

async function stopInReverse(servers: readonly { stop(): Promise<void> }[]): Promise<void> {
  const errors: unknown[] = []
  for (const server of servers.toReversed()) await server.stop().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw new AggregateError(errors, 'a local server did not stop cleanly')
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
