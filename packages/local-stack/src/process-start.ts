import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** When a process began, as text that is only good for comparing; empty when there is no such process, or nothing tells. */
export async function processStart(pid: number): Promise<string> {
  try {
    return startField(await readFile(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // No /proc: macOS, where ps is always there.
    return run('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    )
  }
}

/** Field 22 of /proc/PID/stat. The second field, the command in brackets, may itself hold spaces and brackets. */
export function startField(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
