import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { shownEnvironment } from '../city/shown-environment.ts'
import { type StackState, stackFileOf } from '../city/stack-file.ts'
import { startCity } from '../city/start-city.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import type { Failure } from '../failure.ts'
import { dataDirOf } from '../variables.ts'

// Resolved when it is needed: an image has no tsx, and yet commands that start nothing.
const tsx = () => createRequire(import.meta.url).resolve('tsx')

/** Starts the stack in a process of its own, which goes on when this command ends. */
export async function up(context: CommandContext): Promise<void> {
  const running = stackFileOf(dataDirOf(context.env)).read()
  if (running !== undefined) {
    context.say(`Bina runs already (process ${running.pid}).`)
    tell(context, running)
    return
  }
  const supervisor = fork(fileURLToPath(new URL('../city/supervisor.ts', import.meta.url)), {
    env: context.env,
    execArgv: ['--import', `file://${tsx()}`],
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  // Handed on and not inherited: whoever reads our output must see its end, though the supervisor goes on.
  supervisor.stderr?.pipe(process.stderr, { end: false })
  const state = await new Promise<StackState>((resolve, reject) => {
    supervisor.on('message', (message: { state?: StackState; failure?: Failure }) => {
      // Told to end while it started, it ends once it is up: what it says then is no longer so.
      if (context.signal.aborted) return
      if (message.state !== undefined) resolve(message.state)
      else
        reject(
          new CommandError(
            message.failure?.message ?? 'Bina did not start',
            message.failure?.exitCode,
            message.failure,
          ),
        )
    })
    supervisor.once('exit', (code) => {
      const words = context.signal.aborted ? 'Stopped: nothing runs here.' : `Bina did not start (exit ${code})`
      reject(new CommandError(words))
    })
    context.signal.addEventListener('abort', () => {
      context.progress.line('Stopping, as soon as what has begun to start can be ended.')
      supervisor.kill('SIGTERM')
    })
  })
  supervisor.disconnect()
  supervisor.stderr?.destroy()
  supervisor.unref()
  tell(context, state)
}

/** Runs the stack in this process until it is told to end: what `up` starts, and `up --foreground`. */
export async function upInForeground(context: CommandContext): Promise<void> {
  const city = await startCity(context.env, context.progress)
  tell(context, city.state, true)
  const ended = await Promise.race([
    city.broken,
    new Promise<undefined>((resolve) => context.signal.addEventListener('abort', () => resolve(undefined))),
  ])
  await city.stop()
  if (ended !== undefined) throw new CommandError(ended)
}

function tell(context: CommandContext, state: StackState, goesOn = false): void {
  const addresses = Object.entries(
    shownEnvironment({ ...state.environment, INGEST_URL: state.ingestUrl ?? '', OUTBOX: state.outbox ?? '' }),
  )
  for (const [name, value] of addresses) context.say(`${name}=${value}`)
  context.answer({ pid: state.pid, ...Object.fromEntries(addresses), services: state.services }, goesOn)
}
