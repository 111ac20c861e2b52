import { setTimeout as wait } from 'node:timers/promises'
import { isAlive, stackFileOf } from '../city/stack-file.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { dataDirOf } from '../variables.ts'

const patienceMs = 60_000

/** Stops the stack that `up` or `demo` runs: services finish and commit first. Nothing is forgotten. */
export async function down(context: CommandContext): Promise<void> {
  const state = stackFileOf(dataDirOf(context.env)).read()
  if (state === undefined) {
    context.say('Nothing runs here.')
    context.answer({ stopped: false })
    return
  }
  process.kill(state.pid, 'SIGTERM')
  const step = context.progress.step('Stopping')
  for (const deadline = Date.now() + patienceMs; isAlive(state.pid); await wait(100)) {
    if (Date.now() > deadline) {
      step.done('not yet')
      throw new CommandError(
        `Process ${state.pid} has not ended within ${patienceMs / 1000} s. Look at ${state.services[0]?.logFile ?? 'its logs'}, or end it with: kill -9 ${state.pid}`,
      )
    }
  }
  step.done()
  context.answer({ stopped: true, pid: state.pid })
}
