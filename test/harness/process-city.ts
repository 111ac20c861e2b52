import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleServices } from '@bina/cli/bench/bundled-services'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { migrate } from '@bina/clickhouse/migrate'
import { createWorkCalendar } from '@bina/domain/calendar'
import { topics } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { connectKafka } from '@bina/kafka/connect'
import { isPortFree } from '@bina/local-stack/free-port'
import { type KafkaBroker, startKafka } from '@bina/local-stack/kafka-broker'
import { fetchKafkaJars } from '@bina/local-stack/kafka-jars'
import { startRevivedClickHouse } from '@bina/local-stack/revived-clickhouse'
import type { RunningServer } from '@bina/local-stack/running-server'
import { startSmtpSink } from '@bina/local-stack/smtp-sink'
import { loadPolicy } from '@bina/runtime/load-policy'
import { createLogger } from '@bina/runtime/logger'
import { freshNames } from '@bina/testkit/test-city'
import { until } from '@bina/testkit/until'
import { splitKafka } from './kafka-requests.ts'
import { loadSource } from './load-events.ts'
import { type OwnProcess, startOwnProcess } from './own-process.ts'
import { startTcpGate } from './tcp-gate.ts'

// A city of real processes on servers of its own, each of which may be ended by force and started again. Whatever speaks to a server
// goes through a gate.

export const zone = 'Asia/Jakarta'
export const serviceNames = ['sink-worker', 'score-worker', 'report-cron', 'ingest-api'] as const
export const serverNames = ['clickhouse', 'broker'] as const
export type ServiceName = (typeof serviceNames)[number]
export type ServerName = (typeof serverNames)[number]

/** How a process ended that was told to, as the system says. */
export interface Death {
  readonly pid: number
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ProcessCityOptions {
  readonly services: readonly ServiceName[]
  /** Beside what every service is given. */
  readonly env?: Readonly<Record<string, string>>
}

const cacheDir = fileURLToPath(new URL('../../.bina/cache', import.meta.url))
const heapMb = 640
const clickhouseBytes = 3 * 1024 ** 3
/** Short, since whoever takes over from a dead one waits for it; a stop has to be over by then. */
const sessionTimeoutMs = 8_000
export const shutdownTimeoutMs = 7_500

export async function startProcessCity(options: ProcessCityOptions) {
  const dataDir = await mkdtemp(join(tmpdir(), 'bina-faults-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })]
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return await start(dataDir, undo, stop, options)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  dataDir: string,
  undo: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
  { services, env = {} }: ProcessCityOptions,
) {
  const { topicPrefix, database } = freshNames()
  const bundles = await bundleServices(serviceNames)
  undo.push(() => bundles.remove())
  const jarsDir = await fetchKafkaJars({ cacheDir })
  const ports = {
    broker: await lastingPort(),
    clickhouse: await lastingPort(),
    clickhouseTcp: await lastingPort(),
    door: await lastingPort(),
  }
  const smtp = await startSmtpSink({ outboxDir: join(dataDir, 'outbox') })
  undo.push(() => smtp.stop())
  const gates = {
    kafka: await startTcpGate({ port: ports.broker }, { split: splitKafka }),
    clickhouse: await startTcpGate({ port: ports.clickhouse }),
    smtp: await startTcpGate({ port: smtp.port }),
    door: await startTcpGate({ port: ports.door }),
  }
  undo.push(() => Promise.all(Object.values(gates).map((gate) => gate.close())))

  const revivals: string[] = []
  const servers: { clickhouse?: RunningServer; broker?: KafkaBroker } = {}
  const gateOf = (name: ServerName) => (name === 'broker' ? gates.kafka : gates.clickhouse)
  const startServer = async (name: ServerName) => {
    if (name === 'broker') {
      const advertisedPort = gates.kafka.port
      servers.broker = await startKafka({
        ...{ dataDir: join(dataDir, 'kafka'), jarsDir, port: ports.broker, advertisedPort, heapMb },
      })
    } else {
      servers.clickhouse = await startRevivedClickHouse(
        {
          ...{ dataDir: join(dataDir, 'clickhouse'), httpPort: ports.clickhouse, tcpPort: ports.clickhouseTcp },
          ...{ maxMemoryBytes: clickhouseBytes, log: (line) => line.includes('aborted') && revivals.push(line) },
        },
        { leastLifeMs: 0 },
      )
    }
    gateOf(name).open()
  }
  const killServer = async (name: ServerName): Promise<Death> => {
    const server = servers[name]
    if (server === undefined) throw new Error(`${name} does not run`)
    const { pid } = server
    await server.kill()
    // Nobody listens there: a caller from this machine could be given that very port, and be connected to itself.
    gateOf(name).shut()
    const port = ports[name]
    await until(() => isPortFree(port), { withinMs: 10_000, what: `a free port ${port}` })
    return { pid, ...(await server.exited) }
  }
  undo.push(() => Promise.all(serverNames.map((name) => servers[name]?.kill())))
  await Promise.all(serverNames.map(startServer))

  const brokers = [`127.0.0.1:${gates.kafka.port}`]
  const settings = {
    ...{ url: `http://127.0.0.1:${gates.clickhouse.port}/${database}`, user: 'default', password: '' },
    application: 'bina-test',
  }
  const log = createLogger({ service: 'test', level: 'silent' })
  const kafka = connectKafka({ brokers, clientId: 'bina-test' }, { log })
  await migrate(settings, { zone })
  const admin = await createKafkaAdmin(kafka)
  await admin.createTopics(
    topics.map(({ name, partitions, config }) => ({ name: topicPrefix + name, partitions, config })),
  )
  await admin.close()
  const clickhouse = connectClickHouse(settings)
  undo.push(() => clickhouse.close())
  const policy = await loadPolicy('policy')

  const accessKey = randomBytes(24).toString('base64url')
  const keys = [
    {
      ...{ id: 'load', sha256: createHash('sha256').update(accessKey).digest('hex'), source: loadSource },
      types: ['bina.*'],
    },
  ]
  const serviceEnv: Readonly<Record<string, string>> = {
    ...{ KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_PREFIX: topicPrefix, CLICKHOUSE_URL: settings.url },
    ...{ BINA_TIMEZONE: zone, BINA_POLICY_DIR: 'policy', LOG_LEVEL: 'info' },
    ...{ SHUTDOWN_TIMEOUT_MS: String(shutdownTimeoutMs), INGEST_PUBLISH_TIMEOUT_MS: '5000' },
    ...{ SINK_SESSION_TIMEOUT_MS: String(sessionTimeoutMs), SCORE_SESSION_TIMEOUT_MS: String(sessionTimeoutMs) },
    ...{ REPORT_SESSION_TIMEOUT_MS: String(sessionTimeoutMs), SCORE_CLOCK_MS: '5000' },
    // A run goes out under load, when the test rings for it and not by itself.
    ...{
      REPORT_MAX_LAG_MESSAGES: '1000000000',
      REPORT_CATCH_UP_HOURS: '0',
      REPORT_APPROVAL_WEEKS: '0',
      SMTP_URL: `smtp://127.0.0.1:${gates.smtp.port}`,
    },
    ...{ INGEST_PORT: String(ports.door), INGEST_KEYS: JSON.stringify(keys) },
    ...env,
  }
  const alive = new Set<OwnProcess>()
  const unasked: string[] = []
  const asked = new WeakSet<OwnProcess>()
  /** Starts one more process of a service and waits until it says that it runs. */
  const startService = async (name: ServiceName, more: Readonly<Record<string, string>> = {}): Promise<OwnProcess> => {
    const service = startOwnProcess(bundles.main(name), { env: { ...serviceEnv, ...more } })
    alive.add(service)
    service.exited.then(({ code, signal }) => {
      alive.delete(service)
      if (!asked.has(service))
        unasked.push(`${name} ${service.pid} ended by itself (${code ?? signal}):\n${lastWords(service.output())}`)
    })
    await service.next('started')
    return service
  }
  /** Nobody is to wonder when this one ends. */
  const expectEnd = (service: OwnProcess) => void asked.add(service)
  undo.push(() =>
    Promise.all(
      [...alive].map(async (service) => {
        asked.add(service)
        await service.kill()
      }),
    ),
  )
  const current = new Map<ServiceName, OwnProcess>()
  for (const name of services) current.set(name, await startService(name))

  return {
    ...{ topicPrefix, database, settings, kafka, clickhouse, gates, smtp, accessKey, log, policy, dataDir },
    calendar: createWorkCalendar({ zone, policy: policy.calendar }),
    doorUrl: `http://127.0.0.1:${gates.door.port}`,
    rows: async <T>(query: string, query_params: Record<string, unknown> = {}): Promise<T[]> =>
      (await clickhouse.query({ query, query_params, format: 'JSONEachRow' })).json<T>(),
    startService,
    expectEnd,
    serverPid: (name: ServerName) => servers[name]?.pid,
    serverLog: (name: ServerName) => servers[name]?.logFile ?? '',
    killServer,
    startServer,
    process: (name: ServiceName): OwnProcess => {
      const running = current.get(name)
      if (running === undefined) throw new Error(`${name} does not run`)
      return running
    },
    /** SIGKILL; the next one is to be started. */
    kill: async (name: ServiceName | ServerName): Promise<Death> => {
      if (name === 'clickhouse' || name === 'broker') return killServer(name)
      const service = current.get(name)
      if (service === undefined) throw new Error(`${name} does not run`)
      expectEnd(service)
      await service.kill()
      return { pid: service.pid, ...(await service.exited) }
    },
    /** Starts what was ended; answers its new pid. */
    start: async (name: ServiceName | ServerName): Promise<number> => {
      if (name === 'clickhouse' || name === 'broker') {
        await startServer(name)
        return servers[name]?.pid ?? 0
      }
      const service = await startService(name)
      current.set(name, service)
      return service.pid
    },
    /** What ended though nobody asked it to, with its last words. */
    unasked: unasked as readonly string[],
    /** How often ClickHouse aborted by itself and was started again. */
    revivals: revivals as readonly string[],
    stop,
  }
}

/** What a process said of its end: its errors, wherever they stand, and its last lines. */
function lastWords(output: string): string {
  const lines = output.split('\n')
  const shown = 12
  return [...lines.slice(0, -shown).filter((line) => line.includes('"level":50')), ...lines.slice(-shown)]
    .map((line) => line.slice(0, 3_000))
    .join('\n')
}

/** A port that the system gives to nobody who only wants one to call from: it is still free when its server comes back. */
async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000)
    if (await isPortFree(port)) return port
  }
}

export type ProcessCity = Awaited<ReturnType<typeof startProcessCity>>
