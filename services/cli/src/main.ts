import { createProgress } from '@bina/local-stack/progress'
import { ConfigError } from '@bina/runtime/config'
import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import type { CommandContext } from './context.ts'
import { explainError } from './explain-error.ts'
import { createProgram } from './program.ts'

const argv = process.argv
const json = argv.includes('--json')
const stop = new AbortController()
let signals = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    signals++
    if (signals > 1) process.exit(1)
    stop.abort()
  })
}

const context: CommandContext = {
  env: process.env,
  json,
  // Progress goes to standard error, so that what a command prints can be piped.
  progress: createProgress(process.stderr),
  say: (line) => {
    if (!json) console.log(line)
  },
  answer: (value) => {
    if (json) console.log(JSON.stringify(value))
  },
  signal: stop.signal,
}

// What an argument can be wrong in that only the command itself finds out.
const wrongUse = new Set(['week_format'])

/** 0 done, 1 failed, 2 wrong use. An error of the world is one sentence; a bug shows where it came from. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (stop.signal.aborted && error instanceof Error && error.name === 'AbortError') return 1
  if (error instanceof CommandError) {
    console.error(error.message)
    return error.exitCode
  }
  if (error instanceof ConfigError) {
    console.error(error.message)
    return 2
  }
  const explained = explainError(error, context.env)
  if (explained !== undefined) {
    console.error(`${explained.message} ${explained.next}`)
    return 1
  }
  const known = error instanceof Error && 'code' in error
  console.error(known ? error.message : error)
  return known && wrongUse.has(String(error.code)) ? 2 : 1
}

const program = createProgram((work) => work(context))
program.exitOverride()
for (const command of program.commands) {
  command.exitOverride()
  for (const sub of command.commands) sub.exitOverride()
}
try {
  await program.parseAsync(argv)
} catch (error) {
  process.exitCode = exitCodeOf(error)
}
