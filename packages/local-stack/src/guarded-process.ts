import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { logTail, sizeOf } from './log-tail.ts'

const MAX_LOG_BYTES = 10 * 1024 * 1024

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface GuardedProcess {
  readonly pid: number
  readonly exited: Promise<Exit>
  /** True once the process has ended. */
  hasExited(): boolean
  /** Its last lines of this run. */
  tail(lines: number): Promise<readonly string[]>
  /** Asks it to end by closing its standard input; ends it and its children by force after `graceMs`. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>
  /** SIGKILL to it and its children. Resolves when it is gone. */
  kill(): Promise<void>
}

/**
 * A child that cannot outlive this process: it watches its standard input, which the system closes when we die, also by SIGKILL.
 * It has a process group of its own, so that Ctrl-C in a terminal reaches us alone and servers end after the services that use them.
 */
export async function spawnGuarded(options: {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly logFile: string
}): Promise<GuardedProcess> {
  const firstByte = await rotate(options.logFile)
  const log = openSync(options.logFile, 'a')
  const child = spawn(options.command, [...options.args], {
    cwd: options.cwd,
    detached: true,
    stdio: ['pipe', log, log],
  })
  closeSync(log)
  const pid = await spawned(child)
  // A write to a child that is gone is an error event; its end is told by `exited`.
  child.stdin?.on('error', () => {})
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  const kill = async () => {
    if (!hasExited()) killGroup(pid)
    await exited
  }
  return {
    pid,
    exited,
    hasExited,
    tail: (lines) => logTail(options.logFile, firstByte, lines),
    stop: async (graceMs) => {
      child.stdin?.end()
      const deadline = new AbortController()
      const outcome = await Promise.race([
        exited.then(() => 'gone' as const),
        delay(graceMs, 'late' as const, { signal: deadline.signal }).catch(() => 'gone' as const),
      ])
      deadline.abort()
      if (outcome === 'late') await kill()
    },
    kill,
  }
}

function spawned(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error('the process has no pid'))
      else resolve(child.pid)
    })
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Keeps one older log; gives the length of the log that this run appends to. */
async function rotate(file: string): Promise<number> {
  const size = await sizeOf(file)
  if (size < MAX_LOG_BYTES) return size
  await rename(file, `${file}.1`)
  return 0
}
