import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { clickhouseConfigXml } from './clickhouse-config.ts'
import { findClickHouseLibrary } from './clickhouse-library.ts'
import { type ClickHouseRole, type ClickHouseUser, clickhouseUsersXml } from './clickhouse-users.ts'
import { freePort, isPortFree } from './free-port.ts'
import { type GuardedProcess, spawnGuarded } from './guarded-process.ts'
import { LocalStackError } from './local-stack-error.ts'
import { portTaken, type RunningServer, startOnDataDir } from './running-server.ts'

const LAUNCHER = fileURLToPath(new URL('../launch/clickhouse.mjs', import.meta.url))
const POLL_MS = 50
const STOP_GRACE_MS = 15_000
const ASK_TIMEOUT_MS = 2_000
const TAIL_LINES = 15
/** Seconds on a free machine; a busy one with two cores has needed twenty. */
const START_TIMEOUT_MS = 120_000
const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3

export interface ClickHouseServerConfig {
  readonly dataDir: string
  /** Free ones when absent. */
  readonly httpPort?: number
  readonly tcpPort?: number
  /** Beside `default`, which has no password and all rights from this machine. */
  readonly users?: readonly ClickHouseUser[]
  readonly roles?: readonly ClickHouseRole[]
  /** 4 GiB when absent. */
  readonly maxMemoryBytes?: number
  /** A disk with less than this is full to the server; 0 when absent. */
  readonly keepFreeDiskBytes?: number
  readonly startTimeoutMs?: number
  readonly log?: (line: string) => void
}

/** A clean stop takes 5 s while clients keep connections open: close them first. */
export interface ClickHouseServer extends RunningServer {
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly tcpPort: number
}

interface Files {
  readonly dataDir: string
  readonly storeDir: string
  readonly configFile: string
  readonly usersFile: string
  readonly pidFile: string
  readonly logFile: string
  readonly outputFile: string
}

/**
 * A real ClickHouse on 127.0.0.1, answering over HTTP when this resolves. It ends when this process ends, however that is.
 * Throws LocalStackError: clickhouse_library_missing, unsupported_platform, port_taken, data_dir_in_use, start_failed, start_timeout.
 */
export async function startClickHouse(config: ClickHouseServerConfig): Promise<ClickHouseServer> {
  const files = filesOf(resolve(config.dataDir))
  for (const port of [config.httpPort, config.tcpPort]) {
    if (port !== undefined && !(await isPortFree(port))) throw portTaken(port)
  }
  const portsGiven = config.httpPort !== undefined && config.tcpPort !== undefined
  return startOnDataDir({ ...files, portsGiven }, () => startOnce(config, files))
}

async function startOnce(config: ClickHouseServerConfig, files: Files): Promise<ClickHouseServer> {
  const { libraryFile, ffiFile } = findClickHouseLibrary()
  const httpPort = config.httpPort ?? (await freePort())
  const tcpPort = config.tcpPort ?? (await freePort())
  const { keepFreeDiskBytes = 0 } = config
  const maxMemoryBytes = config.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES
  await mkdir(files.storeDir, { recursive: true })
  await writeFile(files.usersFile, clickhouseUsersXml(config.users ?? [], config.roles ?? []), { mode: 0o600 })
  await writeFile(
    files.configFile,
    clickhouseConfigXml({ ...files, httpPort, tcpPort, maxMemoryBytes, keepFreeDiskBytes }),
  )
  const startedAtMs = Date.now()
  const child = await spawnGuarded({
    command: process.execPath,
    args: [LAUNCHER, ffiFile, libraryFile, files.pidFile, files.configFile],
    cwd: files.dataDir,
    logFile: files.outputFile,
  })
  const url = `http://127.0.0.1:${httpPort}`
  try {
    await untilReady(child, url, files, config.startTimeoutMs ?? START_TIMEOUT_MS)
  } catch (error) {
    await child.kill()
    throw error
  }
  config.log?.(`ClickHouse is ready on ${url} after ${Date.now() - startedAtMs} ms`)
  return {
    url,
    tcpPort,
    pid: child.pid,
    logFile: files.logFile,
    stop: () => child.stop(STOP_GRACE_MS),
    kill: () => child.kill(),
    exited: child.exited,
  }
}

function filesOf(dataDir: string): Files {
  return {
    dataDir,
    storeDir: join(dataDir, 'store'),
    configFile: join(dataDir, 'config.xml'),
    usersFile: join(dataDir, 'users.xml'),
    pidFile: join(dataDir, 'clickhouse.pid'),
    logFile: join(dataDir, 'clickhouse.log'),
    outputFile: join(dataDir, 'clickhouse.out.log'),
  }
}

/** Ready is when the port answers a query and names our own directory: another server may listen there. */
async function untilReady(child: GuardedProcess, url: string, files: Files, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs
  while (Date.now() < deadlineMs) {
    if (child.hasExited()) throw await failed(child)
    const path = await ask(url, "SELECT path FROM system.disks WHERE name = 'default'")
    if (path !== undefined) {
      if (resolve(path) === files.storeDir) return
      throw portTaken(Number(new URL(url).port))
    }
    await delay(POLL_MS)
  }
  const logTail = await child.tail(TAIL_LINES)
  throw new LocalStackError('start_timeout', `ClickHouse was not ready within ${timeoutMs / 1000} s.`, { logTail })
}

async function ask(url: string, query: string): Promise<string | undefined> {
  try {
    // A connection kept alive would make the server's clean stop wait for it.
    const headers = { connection: 'close' }
    const reply = await fetch(url, {
      method: 'POST',
      body: query,
      headers,
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    })
    return (await reply.text()).trim()
  } catch {
    return undefined
  }
}

async function failed(child: GuardedProcess): Promise<LocalStackError> {
  const { code, signal } = await child.exited
  const logTail = await child.tail(TAIL_LINES)
  if (logTail.some((line) => line.includes('Address already in use'))) {
    return new LocalStackError('port_taken', 'ClickHouse found its port taken.', { logTail })
  }
  if (logTail.some((line) => line.includes('Another server instance in same directory'))) {
    return new LocalStackError('data_dir_in_use', 'Another ClickHouse runs on this data directory.', { logTail })
  }
  return new LocalStackError('start_failed', `ClickHouse ended while it started (${signal ?? `exit ${code}`}).`, {
    logTail,
  })
}
