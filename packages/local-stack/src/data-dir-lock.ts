import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { LocalStackError } from './local-stack-error.ts'
import { processStart } from './process-start.ts'
import { isAlive } from './stray-process.ts'

const LOCK_FILE = 'stack.lock'

export interface DataDirLock {
  /** Gives the directory free. Safe to call twice. */
  release(): Promise<void>
}

interface Holder {
  readonly pid: number
  /** When that process began, in the system's own words: a pid is used again after its owner's death. */
  readonly startedAt: string
}

/**
 * Takes a data directory for this process, so that two stacks never share one. A lock whose holder is dead is taken over.
 * Throws LocalStackError data_dir_in_use, naming the holder's pid.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  await mkdir(dataDir, { recursive: true })
  const file = join(dataDir, LOCK_FILE)
  const mine = JSON.stringify({ pid: process.pid, startedAt: await processStart(process.pid) } satisfies Holder)
  await take(file, mine, dataDir)
  return {
    release: async () => {
      if ((await readText(file)) === mine) await rm(file, { force: true })
    },
  }
}

/** Pid of the live process that holds a data directory; undefined when nobody does. */
export async function dataDirHolder(dataDir: string): Promise<number | undefined> {
  const text = await readText(join(dataDir, LOCK_FILE))
  return text === undefined ? undefined : (await liveHolder(text))?.pid
}

/** Whole or not at all: a lock that another process sees always names its holder. */
async function create(file: string, content: string): Promise<boolean> {
  const draft = await writeDraft(file, content)
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** The lock of a dead holder is replaced by whoever holds the lock on replacing it, which is taken in the same way: were it thrown away,
 *  another one could make its own in between, and both would have it. */
async function take(file: string, mine: string, dataDir: string): Promise<void> {
  while (!(await create(file, mine))) {
    const seen = await readText(file)
    if (seen === undefined) continue
    const holder = await liveHolder(seen)
    if (holder !== undefined) {
      throw new LocalStackError(
        'data_dir_in_use',
        `${dataDir} is in use by process ${holder.pid}: end it (npx bina down), or choose another BINA_DATA_DIR.`,
      )
    }
    const replacing = `${file}.next`
    await take(replacing, mine, dataDir)
    try {
      if ((await readText(file)) === seen) {
        await replace(file, mine)
        return
      }
    } finally {
      await rm(replacing, { force: true })
    }
  }
}

/** In one step, so that there is never none. */
async function replace(file: string, content: string): Promise<void> {
  await rename(await writeDraft(file, content), file)
}

async function writeDraft(file: string, content: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, content)
  return draft
}

async function liveHolder(text: string): Promise<Holder | undefined> {
  const holder = parseHolder(text)
  if (holder === undefined || !isAlive(holder.pid)) return undefined
  const startedAt = await processStart(holder.pid)
  return startedAt === holder.startedAt ? holder : undefined
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return undefined
    const { pid, startedAt } = value
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined
  } catch {
    return undefined
  }
}

async function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
