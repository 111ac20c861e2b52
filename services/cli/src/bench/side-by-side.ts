import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const runFile = promisify(execFile)

/**
 * Runs this command once more for each part of `total`, in so many processes side by side, and gives what each answered. `--part=from:to` is
 * added to what is asked.
 */
export function sideBySide(
  ask: readonly string[],
  { total, processes }: { readonly total: number; readonly processes: number },
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<readonly unknown[]> {
  const [, main = ''] = process.argv
  const placeOf = (part: number) => Math.round((total * part) / processes)
  return Promise.all(
    Array.from({ length: processes }, async (_, part) => {
      const command = [...process.execArgv, main, ...ask, '--json', `--part=${placeOf(part)}:${placeOf(part + 1)}`]
      const { stdout } = await runFile(process.execPath, command, { env, signal })
      return JSON.parse(stdout) as unknown
    }),
  )
}
