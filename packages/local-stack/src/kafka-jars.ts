import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { LocalStackError } from './local-stack-error.ts'

const POM = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url))
const KAFKA_VERSION = '4.3.1'
const FETCHING = 'fetching-'
const CUT_SHORT_AFTER_MS = 60 * 60_000
const MARKER = 'complete.json'
/** What the pom brought when it was written; only the progress bar counts on it. */
export const EXPECTED_JARS = 92
const TAIL_LINES = 15

export interface KafkaJarsConfig {
  /** The jars are kept below it, in a directory named after Kafka's version. */
  readonly cacheDir: string
  readonly mavenPath?: string
  /** Called once when nothing is there yet and Maven is about to run. */
  readonly onFetch?: () => void
  /** Jars that have come so far, of about `EXPECTED_JARS`. */
  readonly onProgress?: (jars: number) => void
}

interface Marker {
  readonly pomSha256: string
  readonly jars: readonly { readonly name: string; readonly bytes: number }[]
}

/**
 * Directory with the broker's jars: those kept from an earlier run, or fetched by Maven. Fetched jars are moved into place all at once,
 * with a list of what belongs there, so that a fetch that was cut short is never taken for one that is done.
 * Throws LocalStackError: maven_missing, download_failed.
 */
export async function fetchKafkaJars(config: KafkaJarsConfig): Promise<string> {
  const cacheDir = resolve(config.cacheDir)
  const target = join(cacheDir, `kafka-${KAFKA_VERSION}`)
  const pomSha256 = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
  if (await isComplete(target, pomSha256)) return target
  config.onFetch?.()
  await mkdir(cacheDir, { recursive: true })
  await removeCutShort(cacheDir)
  const fetched = await mkdtemp(join(cacheDir, FETCHING))
  try {
    await runMaven(config, fetched)
    const jars = await jarsIn(fetched)
    if (jars.length === 0) throw new LocalStackError('download_failed', 'Maven ended well but brought no jar.')
    const marker: Marker = { pomSha256, jars }
    await writeFile(join(fetched, MARKER), JSON.stringify(marker, undefined, 2))
    await moveIntoPlace(fetched, target, pomSha256)
    config.onProgress?.(jars.length)
    return target
  } finally {
    await rm(fetched, { recursive: true, force: true })
  }
}

/** True when the jars that the pom asks for are all there, each of its full size. */
export async function isComplete(dir: string, pomSha256: string): Promise<boolean> {
  const marker = await readMarker(join(dir, MARKER))
  if (marker?.pomSha256 !== pomSha256) return false
  const sizes = await Promise.all(marker.jars.map(({ name }) => stat(join(dir, name)).catch(() => undefined)))
  return marker.jars.every(({ bytes }, at) => sizes[at]?.size === bytes)
}

async function readMarker(file: string): Promise<Marker | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Marker
  } catch {
    return undefined
  }
}

async function jarsIn(dir: string): Promise<Marker['jars']> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.jar')).toSorted()
  return Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(dir, name))).size })))
}

async function moveIntoPlace(fetched: string, target: string, pomSha256: string): Promise<void> {
  // Another run may have been quicker, and its broker may run on those jars already.
  if (await isComplete(target, pomSha256)) return
  await rm(target, { recursive: true, force: true })
  try {
    await rename(fetched, target)
  } catch (cause) {
    if (await isComplete(target, pomSha256)) return
    throw new LocalStackError('download_failed', `The jars could not be moved to ${target}.`, { cause })
  }
}

/** What a fetch left that was ended by force. */
async function removeCutShort(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const made = name.startsWith(FETCHING) ? await stat(join(cacheDir, name)).catch(() => undefined) : undefined
    if (made === undefined || Date.now() - made.mtimeMs < CUT_SHORT_AFTER_MS) continue
    await rm(join(cacheDir, name), { recursive: true, force: true })
  }
}

async function runMaven(config: KafkaJarsConfig, outputDir: string): Promise<void> {
  const maven = config.mavenPath ?? 'mvn'
  const args = [
    '-B',
    '-Dstyle.color=never',
    '-f',
    POM,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${outputDir}`,
  ]
  const child = spawn(maven, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const tail: string[] = []
  let jars = 0
  const read = (line: string) => {
    tail.push(line)
    if (tail.length > TAIL_LINES) tail.shift()
    if (!tellsOfJar(line)) return
    jars = Math.min(jars + 1, EXPECTED_JARS)
    config.onProgress?.(jars)
  }
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', read)
  const code = await new Promise<number | null>((done, fail) => {
    child.once('close', done)
    child.once('error', (cause) => {
      fail(new LocalStackError('maven_missing', `Maven could not be run (${maven}): install Maven.`, { cause }))
    })
  })
  if (code === 0) return
  throw new LocalStackError('download_failed', "Maven could not fetch the broker's jars.", { logTail: tail })
}

/** Maven says "Downloaded from REPOSITORY: ADDRESS (SIZE)" of each file that it fetches, its own plugins among them. */
export function tellsOfJar(line: string): boolean {
  return /^(\[INFO\] )?Downloaded from .*\.jar( |$)/.test(line) && !/\/org\/(apache\/maven|codehaus)\//.test(line)
}
