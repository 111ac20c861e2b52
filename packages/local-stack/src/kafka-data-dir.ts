import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LocalStackError } from './local-stack-error.ts'

const run = promisify(execFile)

export interface KafkaFiles {
  readonly dataDir: string
  readonly logDir: string
  readonly propertiesFile: string
  readonly clusterIdFile: string
  readonly formattingFile: string
  readonly pidFile: string
  readonly logFile: string
}

export function kafkaFiles(dataDir: string): KafkaFiles {
  return {
    dataDir,
    logDir: join(dataDir, 'log'),
    propertiesFile: join(dataDir, 'server.properties'),
    clusterIdFile: join(dataDir, 'cluster-id'),
    formattingFile: join(dataDir, 'formatting'),
    pidFile: join(dataDir, 'kafka.pid'),
    logFile: join(dataDir, 'kafka.log'),
  }
}

/**
 * Makes the directory one that the broker can start on and gives its cluster id. A new one is formatted, one whose formatting was cut
 * short is formatted again; data that is not ours is left alone and told: `data_dir_of_another_cluster`, `data_dir_broken`.
 */
export async function ensureFormatted(
  files: KafkaFiles,
  options: { readonly javaPath: string; readonly classPath: string; readonly clusterId?: string },
): Promise<string> {
  const known = (await readText(files.clusterIdFile))?.trim()
  const found = clusterIdOf(await readText(join(files.logDir, 'meta.properties')))
  if (known !== undefined) {
    if (found === known) return known
    if (found === undefined) {
      throw new LocalStackError(
        'data_dir_broken',
        `${files.logDir} has lost its meta.properties: forget it with npx bina reset`,
      )
    }
    throw anotherCluster(files, `${known} was made here, ${found} is there now`)
  }
  const cutShort = (await readText(files.formattingFile)) !== undefined
  if (!cutShort && (await readdir(files.logDir).catch(() => [])).length > 0) {
    throw anotherCluster(files, found === undefined ? 'it was not made by bina' : `${found} was not made by bina`)
  }
  return format(files, options)
}

async function format(
  files: KafkaFiles,
  {
    javaPath,
    classPath,
    clusterId = randomClusterId(),
  }: { readonly javaPath: string; readonly classPath: string; readonly clusterId?: string },
): Promise<string> {
  await writeFile(files.formattingFile, clusterId)
  await rm(files.logDir, { recursive: true, force: true })
  const jvm = [
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
  ]
  // In one word: every 64th id begins with a dash, and would be taken for an option.
  const tool = ['kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', files.propertiesFile]
  try {
    await run(javaPath, [...jvm, '-cp', classPath, ...tool])
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw javaMissing(javaPath, cause)
    const output = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause)
    const logTail = output.trim().split('\n').slice(-15)
    throw new LocalStackError('start_failed', 'Kafka could not format its data directory.', { cause, logTail })
  }
  await writeFile(`${files.clusterIdFile}.new`, clusterId)
  await rename(`${files.clusterIdFile}.new`, files.clusterIdFile)
  await rm(files.formattingFile)
  return clusterId
}

/** As Kafka makes its own: never with a hyphen first, which its tool would take for an option. */
export function randomClusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url')
    if (!id.startsWith('-')) return id
  }
}

export function javaMissing(javaPath: string, cause?: unknown): LocalStackError {
  return new LocalStackError('java_missing', `Java could not be run (${javaPath}): install Java 17 or newer.`, {
    cause,
  })
}

function clusterIdOf(metaProperties: string | undefined): string | undefined {
  return metaProperties?.match(/^cluster\.id=(.+)$/m)?.[1]?.trim()
}

function anotherCluster(files: KafkaFiles, why: string): LocalStackError {
  return new LocalStackError(
    'data_dir_of_another_cluster',
    `${files.logDir} holds the data of another Kafka cluster (${why}): choose another data directory, or forget it with npx bina reset`,
  )
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
