import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'

export interface OwnProcess {
  readonly pid: number
  /** The next message of this kind; rejects when the process ends without it. */
  next<T>(kind: string): Promise<T>
  /** Messages of this kind that nobody has taken yet. */
  said<T>(kind: string): readonly T[]
  tell(message: object): void
  /** As a power cut would; resolves when it is gone. */
  kill(): Promise<void>
  /** As an operator would; resolves with its exit code when it is gone. */
  stop(): Promise<number | null>
  /** Sends it, and waits for nothing. */
  signal(name: NodeJS.Signals): void
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  /** Its last words. */
  output(): string
}

const keptOutput = 200_000
const patienceMs = 60_000

/** Starts a TypeScript file, or a bundle, as a process of its own that speaks by messages. It does not outlive this one: its channel closes then. */
export function startOwnProcess(
  file: URL,
  options: { readonly argument?: object; readonly env?: Readonly<Record<string, string>> } = {},
): OwnProcess {
  const tsx = createRequire(import.meta.url).resolve('tsx')
  const translate = file.pathname.endsWith('.ts') ? ['--import', `file://${tsx}`] : []
  const args = [...translate, file.pathname, JSON.stringify(options.argument ?? {})]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      output = (output + text.toString()).slice(-keptOutput)
    })
  }
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const said: { readonly kind: string }[] = []
  let heard = () => {}
  child.on('message', (message) => {
    said.push(message as { kind: string })
    heard()
  })
  const next = async <T>(kind: string): Promise<T> => {
    for (;;) {
      const at = said.findIndex((message) => message.kind === kind)
      if (at >= 0) return said.splice(at, 1)[0] as T
      const more = new Promise<'more'>((resolve) => {
        heard = () => resolve('more')
      })
      const patience = new AbortController()
      const late = wait(patienceMs, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const)
      const end = await Promise.race([more, late, exited])
      patience.abort()
      if (end === 'more') continue
      const what = end === 'late' ? `was silent for ${patienceMs / 1000} s` : `ended (${end.code ?? end.signal})`
      throw new Error(`the process ${what} without saying ${kind}:\n${output}`)
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!hasEnded(child)) child.kill(signal)
    return exited
  }
  return {
    pid: child.pid ?? 0,
    next,
    said: <T>(kind: string) => said.filter((message) => message.kind === kind) as unknown as readonly T[],
    tell: (message) => child.send(message),
    kill: async () => {
      await end('SIGKILL')
    },
    stop: async () => (await end('SIGTERM')).code,
    signal: (name) => void child.kill(name),
    exited,
    output: () => output,
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null
