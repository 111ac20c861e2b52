import { createProgress } from '@bina/local-stack/progress'
import { type Command, CommanderError } from 'commander'
import type { CommandContext } from './context.ts'
import { type Failure, failureOf } from './failure.ts'
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

// `npx bina status | head`: whoever reads has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
})

let answered: object | undefined
const print = (value: object) => {
  if (json) console.log(JSON.stringify(value))
}

const context: CommandContext = {
  env: process.env,
  json,
  // Progress goes to standard error, so that what a command prints can be piped.
  progress: createProgress(process.stderr),
  say: (line) => {
    if (!json) console.log(line)
  },
  answer: (value, goesOn = false) => {
    if (goesOn) print(value)
    else answered = value
  },
  signal: stop.signal,
}

/** 0 done, 1 failed, 2 wrong use. An error of the world is one sentence; a bug shows where it came from. */
function tell(failure: Failure, error: unknown): void {
  if (failure.code === 'internal') console.error(error)
  else if (failure.code !== 'stopped' && !(error instanceof CommanderError)) console.error(sentence(failure))
  const { exitCode, ...told } = failure
  print({ ...answered, error: told })
  process.exitCode = exitCode
}

const sentence = ({ message, hint }: Failure) => (hint === undefined ? message : `${message} ${hint}`)

function neverExit(command: Command): void {
  command.exitOverride()
  for (const sub of command.commands) neverExit(sub)
}

const program = createProgram((work) => work(context))
neverExit(program)
try {
  await program.parseAsync(argv)
  if (answered !== undefined) print(answered)
} catch (error) {
  const failure = failureOf(error, context.env, stop.signal.aborted)
  if (failure !== undefined) tell(failure, error)
}
