import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../command-error.ts'

export interface ServiceProcess {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  stop(): Promise<void>
}

const startTimeoutMs = 60_000
const stopTimeoutMs = 30_000
// Resolved when it is needed: an image has no tsx, and yet commands that start nothing.
const tsx = () => createRequire(import.meta.url).resolve('tsx')

/** Starts one of Bina's services as a process of its own and resolves when it says that it runs. It ends with this process. From its source,
 *  unless `bundle` names the file that was made of it. */
export async function startService(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  logFile: string,
  /** `program`: whose it runs, where that is another's; `bundle`: a file that was made of it. */
  { program = name, bundle }: { readonly program?: string | undefined; readonly bundle?: string } = {},
): Promise<ServiceProcess> {
  mkdirSync(dirname(logFile), { recursive: true })
  const output = openSync(logFile, 'a')
  const main = bundle ?? fileURLToPath(new URL(`../../../${program}/src/main.ts`, import.meta.url))
  const loader = bundle === undefined ? ['--import', `file://${tsx()}`] : []
  const child = spawn(process.execPath, [...loader, main], {
    env,
    stdio: ['ignore', output, output, 'ipc'],
  })
  closeSync(output)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const started = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if ((message as { kind?: string }).kind === 'started') resolve()
    })
  })
  const timeout = new Promise<'timeout'>((resolve) => setTimeout(() => resolve('timeout'), startTimeoutMs).unref())
  const outcome = await Promise.race([started.then(() => 'started' as const), exited, timeout])
  if (outcome !== 'started') {
    child.kill('SIGKILL')
    throw new CommandError(
      `${name} did not start (${outcome === 'timeout' ? `nothing for ${startTimeoutMs / 1000} s` : `exit ${outcome.code ?? outcome.signal}`}). Its last words, from ${logFile}:\n${lastLines(logFile)}`,
    )
  }
  return { name, pid: child.pid ?? 0, logFile, exited, stop: () => stopChild(child, exited) }
}

async function stopChild(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await exited
  clearTimeout(timer)
}

const lastLines = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
