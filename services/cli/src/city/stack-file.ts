import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface RunningService {
  readonly name: string
  readonly pid: number
  /** Its operations address. */
  readonly address: string
  readonly logFile: string
}

/** What a running stack tells other commands. */
export interface StackState {
  readonly pid: number
  readonly startedAt: string
  /** Addresses of what it started, as the environment variables that name them. */
  readonly environment: Readonly<Record<string, string>>
  /** What it was given of servers of somebody else, in the same way, without passwords. Absent: another version started it. */
  readonly given?: Readonly<Record<string, string>>
  readonly outbox: string | undefined
  readonly ingestUrl: string | undefined
  /** Where the pages behind the reports' links are served here. Absent: another version started it. */
  readonly portalUrl?: string
  readonly services: readonly RunningService[]
}

/** Why a stack ended that nobody told to end. */
export interface StackEnd {
  /** ISO instant. */
  readonly endedAt: string
  readonly reason: string
}

export function stackFileOf(dataDir: string) {
  const file = join(dataDir, 'run', 'stack.json')
  const endFile = join(dataDir, 'run', 'ended.json')
  return {
    /** The stack that runs on this data directory; undefined when none does, also when one was killed. */
    read: (): StackState | undefined => {
      const state = readJson(file) as StackState | undefined
      return state !== undefined && isAlive(state.pid) ? state : undefined
    },
    /** Why the last stack ended; undefined where it was told to, was killed, or another one has started since. */
    readEnd: (): StackEnd | undefined => readJson(endFile) as StackEnd | undefined,
    writeEnd: (end: StackEnd) => {
      mkdirSync(join(dataDir, 'run'), { recursive: true })
      writeFileSync(endFile, `${JSON.stringify(end, null, 2)}\n`)
    },
    write: (state: StackState) => {
      mkdirSync(join(dataDir, 'run'), { recursive: true })
      rmSync(endFile, { force: true })
      // It holds addresses and, for the demo, a key of the HTTP door and the secret of the links: for its owner alone.
      writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
    remove: () => rmSync(file, { force: true }),
  }
}

/** Undefined where there is no such file, or one that was cut short. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
