import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const GRACE_MS = 10_000
const POLL_MS = 50

/**
 * Ends a server that an earlier run left behind in a data directory that is ours now. A process counts as that server only when its
 * command line names the directory: the pid alone may belong to somebody else by now.
 */
export async function endStray(pidFile: string, dataDir: string): Promise<void> {
  const pid = await readPid(pidFile)
  if (pid !== undefined && (await names(pid, dataDir))) {
    signal(pid, 'SIGTERM')
    const deadlineMs = Date.now() + GRACE_MS
    while (isAlive(pid) && Date.now() < deadlineMs) await delay(POLL_MS)
    if (await names(pid, dataDir)) signal(pid, 'SIGKILL')
    while (await names(pid, dataDir)) await delay(POLL_MS)
  }
  await rm(pidFile, { force: true })
}

export async function readPid(pidFile: string): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(pidFile, 'utf8'))
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function names(pid: number, dataDir: string): Promise<boolean> {
  return isAlive(pid) && (await commandLine(pid)).includes(`${dataDir}/`)
}

async function commandLine(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  } catch {
    // No /proc (macOS), or the process has just gone: then ps finds nothing either.
    return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    )
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone between the look and the signal.
  }
}
