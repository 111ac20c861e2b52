import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, isPortFree } from './free-port.ts'
import { type GuardedProcess, spawnGuarded } from './guarded-process.ts'
import { type KafkaMember, kafkaConfig } from './kafka-config.ts'
import { ensureFormatted, javaMissing, type KafkaFiles, kafkaFiles } from './kafka-data-dir.ts'
import { askKafka } from './kafka-ready.ts'
import { LocalStackError } from './local-stack-error.ts'
import { portTaken, type RunningServer, startOnDataDir } from './running-server.ts'
import { readPid } from './stray-process.ts'

const GUARD = fileURLToPath(new URL('../launch/guard.mjs', import.meta.url))
const POLL_MS = 50
const ASK_TIMEOUT_MS = 2_000
const STOP_GRACE_MS = 20_000
const TAIL_LINES = 15
/** Seconds on a free machine; a busy one with two cores has needed twenty. */
const START_TIMEOUT_MS = 120_000

export interface KafkaBrokerConfig {
  readonly dataDir: string
  /** Directory with the broker's jars, from `fetchKafkaJars`. */
  readonly jarsDir: string
  /** A free one when absent; a free one again at the next start. */
  readonly port?: number
  /** Where the broker tells its clients to come, when something stands in front of it. */
  readonly advertisedPort?: number
  /** Absent: the only node. */
  readonly member?: KafkaMember
  /** Largest heap, 512 when absent. */
  readonly heapMb?: number
  readonly javaPath?: string
  readonly startTimeoutMs?: number
  readonly log?: (line: string) => void
}

export interface KafkaBroker extends RunningServer {
  /** `127.0.0.1:port` */
  readonly bootstrapServers: string
  readonly clusterId: string
}

/**
 * A real Kafka of one node, or one node of several, on 127.0.0.1, ready to take requests when this resolves. It ends when this process ends, however that is.
 * Throws LocalStackError: port_taken, start_failed, start_timeout, java_missing, data_dir_in_use, data_dir_of_another_cluster,
 * data_dir_broken.
 */
export async function startKafka(config: KafkaBrokerConfig): Promise<KafkaBroker> {
  const files = kafkaFiles(resolve(config.dataDir))
  if (config.port !== undefined && !(await isPortFree(config.port))) throw portTaken(config.port)
  const place = { dataDir: files.dataDir, pidFile: files.pidFile, portsGiven: config.port !== undefined }
  return startOnDataDir(place, async () => startOnce(config, files, config.port ?? (await freePort())))
}

async function startOnce(config: KafkaBrokerConfig, files: KafkaFiles, port: number): Promise<KafkaBroker> {
  const log = config.log ?? (() => {})
  const javaPath = config.javaPath ?? 'java'
  const classPath = join(resolve(config.jarsDir), '*')
  const { member, advertisedPort: advertised } = config
  const controller = member?.controllers.get(member.nodeId) ?? (await freePort())
  const properties = {
    logDir: files.logDir,
    ports: { broker: port, controller, ...(advertised === undefined ? {} : { advertised }) },
    ...(member === undefined ? {} : { member }),
  }
  await writeFile(files.propertiesFile, kafkaConfig(properties))
  const startedAtMs = Date.now()
  const clusterId = await ensureFormatted(files, {
    javaPath,
    classPath,
    ...(member && { clusterId: member.clusterId }),
  })
  const child = await spawnGuarded({
    command: process.execPath,
    args: [GUARD, files.pidFile, String(STOP_GRACE_MS), javaPath, ...jvmArgs(config.heapMb ?? 512, classPath, files)],
    cwd: files.dataDir,
    logFile: files.logFile,
  })
  try {
    await untilReady(child, port, clusterId, config.startTimeoutMs ?? START_TIMEOUT_MS)
    const pid = await readPid(files.pidFile)
    if (pid === undefined)
      throw new LocalStackError('start_failed', `${files.pidFile} was taken away while Kafka started.`)
    log(`Kafka is ready on 127.0.0.1:${port} after ${Date.now() - startedAtMs} ms`)
    return {
      bootstrapServers: `127.0.0.1:${port}`,
      pid,
      clusterId,
      logFile: files.logFile,
      stop: () => child.stop(STOP_GRACE_MS + 2_000),
      kill: () => child.kill(),
      exited: child.exited,
    }
  } catch (error) {
    await child.kill()
    throw error
  }
}

function jvmArgs(heapMb: number, classPath: string, files: KafkaFiles): readonly string[] {
  return [
    `-Xmx${heapMb}m`,
    `-Xms${Math.min(heapMb, 128)}m`,
    '-XX:+ExitOnOutOfMemoryError',
    '-Djava.awt.headless=true',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
    '-cp',
    classPath,
    'kafka.Kafka',
    files.propertiesFile,
  ]
}

/** Ready is when the broker itself names a broker that takes requests, under the cluster id of this data directory. */
async function untilReady(child: GuardedProcess, port: number, clusterId: string, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs
  while (Date.now() < deadlineMs) {
    if (child.hasExited()) throw await failed(child)
    const state = await askKafka(port, ASK_TIMEOUT_MS)
    if (state !== undefined && state.clusterId !== clusterId) throw portTaken(port)
    if (state !== undefined && state.brokers > 0) return
    await delay(POLL_MS)
  }
  throw new LocalStackError('start_timeout', `Kafka was not ready within ${timeoutMs / 1000} s.`, {
    logTail: await child.tail(TAIL_LINES),
  })
}

async function failed(child: GuardedProcess): Promise<LocalStackError> {
  const { code, signal } = await child.exited
  const tail = await child.tail(TAIL_LINES)
  if (code === 127) return javaMissing('java')
  if (tail.some((line) => line.includes('Address already in use'))) {
    return new LocalStackError('port_taken', 'Kafka found its port taken.', { logTail: tail })
  }
  return new LocalStackError('start_failed', `Kafka ended while it started (${signal ?? `exit ${code}`}).`, {
    logTail: tail,
  })
}
