import { resolve } from 'node:path'
import { createProgress } from '@bina/local-stack/progress'
import { failureOf } from '../failure.ts'
import { dataDirOf } from '../variables.ts'
import { stackFileOf } from './stack-file.ts'
import { startCity } from './start-city.ts'

// The process that `bina up` leaves behind: it holds the servers and services and ends them with itself.

async function main() {
  // Once the stack runs, the command that started it has gone and nobody reads this any more.
  process.stderr.on('error', () => undefined)
  const asked = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(undefined))
  })
  try {
    const starting = startCity(process.env, createProgress(process.stderr))
    const city = await starting
    process.send?.({ state: city.state })
    const ended = await Promise.race([city.broken, asked])
    // Nobody listens any more: `bina status` tells it.
    if (ended !== undefined)
      stackFileOf(resolve(dataDirOf(process.env))).writeEnd({ endedAt: new Date().toISOString(), reason: ended })
    await city.stop()
    process.exit(ended === undefined ? 0 : 1)
  } catch (error) {
    const failure = failureOf(error, process.env, false)
    if (process.send === undefined) console.error(failure?.message)
    else await new Promise<void>((resolve) => process.send?.({ failure }, () => resolve()))
    process.exit(failure?.exitCode ?? 1)
  }
}

await main()
