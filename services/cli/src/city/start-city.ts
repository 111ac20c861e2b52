import { createHash, randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { checkMachine } from '@bina/local-stack/check-machine'
import { freePort } from '@bina/local-stack/free-port'
import { type LocalStack, startLocalStack } from '@bina/local-stack/local-stack'
import type { Progress } from '@bina/local-stack/progress'
import type { Environment } from '@bina/runtime/config'
import { CommandError } from '../command-error.ts'
import { prepareServers } from '../prepare-servers.ts'
import { dataDirOf } from '../variables.ts'
import { givenServers } from './given-servers.ts'
import { type ServiceProcess, startService } from './service-process.ts'
import { type StackState, stackFileOf } from './stack-file.ts'

export interface RunningCity {
  readonly state: StackState
  /** Resolves with a sentence when a part ends that nobody told to end. */
  readonly broken: Promise<string>
  stop(): Promise<void>
}

interface LocalService {
  readonly name: string
  /** Whose program it is, where that is another's. */
  readonly program?: string
  readonly env?: Environment
}

const servicesInOrder: readonly LocalService[] = [
  { name: 'sink-worker', env: { SINK_LANE: 'live' } },
  { name: 'backfill-worker', program: 'sink-worker', env: { SINK_LANE: 'backfill' } },
  { name: 'score-worker' },
  { name: 'report-cron' },
  { name: 'ingest-api' },
  { name: 'portal' },
]
const diskBytesWanted = 1_500_000_000

/** Starts the servers that nobody gave, makes topics and tables, and starts the services. When a part fails, what was started is stopped again. */
export async function startCity(env: Environment, progress: Progress): Promise<RunningCity> {
  const dataDir = resolve(dataDirOf(env))
  const file = stackFileOf(dataDir)
  const running = file.read()
  if (running !== undefined)
    throw new CommandError(`Bina runs here already (process ${running.pid}).`, 1, {
      code: 'already_running',
      hint: 'Look at it with: npx bina status. Stop it with: npx bina down',
    })
  const own = { kafka: !env.KAFKA_BROKERS, clickhouse: !env.CLICKHOUSE_URL, smtp: !env.SMTP_URL }
  const problems = await checkMachine({
    kafka: own.kafka,
    clickhouse: own.clickhouse,
    disks: [{ dir: dataDir, neededBytes: own.kafka || own.clickhouse ? diskBytesWanted : 0 }],
    ports: portsGiven(env),
  })
  if (problems.length > 0) throw new CommandError(problems.map((problem) => problem.message).join('\n'), 2)

  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const stack = await startServers(dataDir, own, progress)
    if (stack !== undefined) undo.push(() => stack.stop())
    const addresses = addressesOf(stack)
    const ingestPort = env.INGEST_PORT ?? String(await freePort())
    const demoKey = env.INGEST_KEYS || env.INGEST_KEYS_FILE ? undefined : randomBytes(24).toString('base64url')
    const portalPort = env.PORTAL_PORT ?? String(await freePort())
    const portalUrl = `http://${env.PORTAL_HOST ?? '127.0.0.1'}:${portalPort}`
    const links = linksOf(env, portalUrl)
    const localKey = demoKey === undefined ? {} : { BINA_INGEST_KEY: demoKey, INGEST_KEYS: ingestKeysOf(demoKey) }
    // Of the simulated Palembang, which is all that a Kafka of our own holds before anybody connects.
    const readers = own.kafka
      ? { REPORT_INTEGRITY_UNITS: env.REPORT_INTEGRITY_UNITS ?? 'opd:inspektorat,opd:bkpsdm' }
      : {}
    // Mails that end in a folder of this machine reach nobody who should not see them yet.
    const weeksHeld = env.REPORT_APPROVAL_WEEKS || (own.smtp ? '0' : undefined)
    const approval = weeksHeld === undefined ? {} : { REPORT_APPROVAL_WEEKS: weeksHeld }
    const serviceEnv: Record<string, string | undefined> = {
      ...env,
      ...addresses,
      INGEST_PORT: ingestPort,
      PORTAL_PORT: portalPort,
      // A local city is simulated at any hour: it mails when asked, or on Monday at six, and makes up for nothing.
      REPORT_CATCH_UP_HOURS: env.REPORT_CATCH_UP_HOURS ?? '0',
      ...localKey,
      ...links,
      ...readers,
      ...approval,
    }
    await prepareServers(serviceEnv, progress)
    const services = await startServices(serviceEnv, dataDir, progress, undo)
    const state: StackState = {
      pid: process.pid,
      startedAt: new Date().toISOString(),
      environment: { ...addresses, ...localKey, ...links, ...readers, ...approval },
      given: givenServers(env),
      outbox: stack?.smtp === undefined ? undefined : stack.outboxDir,
      ingestUrl: `http://${env.INGEST_HOST ?? '127.0.0.1'}:${ingestPort}`,
      portalUrl,
      services: services.map(({ process: { name, pid, logFile }, address }) => ({ name, pid, address, logFile })),
    }
    file.write(state)
    undo.push(async () => file.remove())
    let stopping = false
    const broken = Promise.race([
      ...(stack === undefined
        ? []
        : [stack.broken.then(({ server, logFile }) => `${server} ended by itself; its log is ${logFile}`)]),
      ...services.map(async ({ process: { name, exited, logFile } }) => {
        const { code, signal } = await exited
        if (stopping) return new Promise<string>(() => undefined)
        return `${name} ended by itself (${code ?? signal}); its log is ${logFile}`
      }),
    ])
    return {
      state,
      broken,
      stop: () => {
        stopping = true
        return stop()
      },
    }
  } catch (error) {
    await stop().catch((unclean: unknown) => {
      throw new AggregateError([error, unclean], 'Bina did not start, and not all of it could be stopped again')
    })
    throw error
  }
}

/** Ports that somebody chose: where nobody did, free ones are taken. What is no port at all is told by the service that wants it. */
function portsGiven(env: Environment): readonly { readonly port: number; readonly name: string }[] {
  const given = [
    { port: Number(env.INGEST_PORT), name: 'events over HTTP (INGEST_PORT)' },
    { port: Number(env.PORTAL_PORT), name: 'the pages of the reports (PORTAL_PORT)' },
  ]
  return given.filter(({ port }) => Number.isInteger(port) && port > 0 && port < 65_536)
}

/** Where the links of the reports lead, and what signs them: this stack's own portal, unless the environment says otherwise. */
function linksOf(env: Environment, portalUrl: string): Record<string, string> {
  return {
    ...(env.PUBLIC_URL ? {} : { PUBLIC_URL: portalUrl }),
    ...(env.REPORT_LINK_SECRET || env.REPORT_LINK_SECRET_FILE
      ? {}
      : { REPORT_LINK_SECRET: randomBytes(32).toString('base64url') }),
  }
}

/** The door's list of keys with the one that `up` made for this machine. */
function ingestKeysOf(key: string): string {
  const sha256 = createHash('sha256').update(key).digest('hex')
  return JSON.stringify([{ id: 'local', sha256, source: 'urn:bina:local', types: ['bina.*'] }])
}

async function startServers(
  dataDir: string,
  own: { kafka: boolean; clickhouse: boolean; smtp: boolean },
  progress: Progress,
): Promise<LocalStack | undefined> {
  if (!own.kafka && !own.clickhouse && !own.smtp) return undefined
  return startLocalStack({
    dataDir,
    cacheDir: join(dataDir, 'cache'),
    want: { ...(own.kafka && { kafka: {} }), ...(own.clickhouse && { clickhouse: {} }), ...(own.smtp && { smtp: {} }) },
    progress,
  })
}

function addressesOf(stack: LocalStack | undefined): Record<string, string> {
  return {
    ...(stack?.kafka && { KAFKA_BROKERS: stack.kafka.bootstrapServers }),
    ...(stack?.clickhouse && { CLICKHOUSE_URL: `${stack.clickhouse.url}/bina` }),
    ...(stack?.smtp && { SMTP_URL: stack.smtp.url }),
  }
}

async function startServices(env: Environment, dataDir: string, progress: Progress, undo: (() => Promise<void>)[]) {
  const step = progress.step('Starting services', servicesInOrder.length)
  const started: { process: ServiceProcess; address: string }[] = []
  // Side by side: each takes a second or two to load.
  const results = await Promise.allSettled(
    servicesInOrder.map(async ({ name, program, env: own }) => {
      const port = await freePort()
      const process = await startService(
        name,
        { ...env, ...own, OPERATIONS_PORT: String(port) },
        join(dataDir, 'logs', `${name}.log`),
        { program },
      )
      undo.push(() => process.stop())
      step.update(started.push({ process, address: `http://127.0.0.1:${port}` }), name)
    }),
  )
  for (const result of results) if (result.status === 'rejected') throw result.reason
  step.done(`${started.length} run`)
  return started
}
