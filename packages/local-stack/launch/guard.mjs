// Runs a command that does not watch for its parent's death (a JVM) and ends it when our standard input closes.
// Usage: node guard.mjs PID_FILE GRACE_MS COMMAND [ARGS...]. Its exit is the command's exit.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const [pidFile, graceMs, command, ...args] = process.argv.slice(2)
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })

child.once('error', (error) => {
  console.error(`cannot run ${command}: ${error.message}`)
  process.exit(127)
})
child.once('spawn', () => writeFileSync(pidFile, String(child.pid)))
child.once('exit', (code, signal) => {
  if (signal === null) process.exit(code)
  for (const name of ['SIGTERM', 'SIGINT']) process.removeAllListeners(name)
  process.kill(process.pid, signal)
})

let ending = false
const end = () => {
  if (ending) return
  ending = true
  child.kill('SIGTERM')
  setTimeout(() => child.kill('SIGKILL'), Number(graceMs)).unref()
}
process.stdin.resume()
process.stdin.once('end', end)
process.stdin.once('error', end)
process.on('SIGTERM', end)
process.on('SIGINT', end)
