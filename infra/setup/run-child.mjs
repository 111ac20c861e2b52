import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import process from 'node:process'
import { createOncePerMoment } from './once-per-moment.mjs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** Ctrl-C reaches us from the terminal and once more from npm: both are one wish. */
const SAME_WISH_MS = 500

/**
 * Runs a command with our input and output until it ends; gives its exit code, 128 + n when signal n ended it. Signals are passed on.
 * It has a process group of its own, so that it hears each signal once, from us: a second one would make it give up its tidy end.
 */
export function runChild(command, args, { cwd, env = process.env }) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', detached: true })
    const isNew = createOncePerMoment(SAME_WISH_MS)
    const pass = (signal) => {
      if (isNew(signal, Date.now())) child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, pass)
    const end = (code) => {
      for (const signal of SIGNALS) process.off(signal, pass)
      done(code)
    }
    child.once('error', (error) => {
      console.error(`cannot run ${command}: ${error.message}`)
      end(127)
    })
    child.once('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
