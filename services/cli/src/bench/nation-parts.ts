import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { NationRun } from './nation-week.ts'

const runFile = promisify(execFile)

/**
 * Judges a nation's week in as many processes as are asked for, side by side: what a nation's score-workers are. Each one is this command
 * once more, for its part of the units. Seconds of a core are added up; of the wall's clock the slowest part counts.
 */
export async function judgeNationInParts(
  units: number,
  processes: number,
  { env, signal }: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<NationRun & { readonly processes: number }> {
  const [, main = ''] = process.argv
  const placeOf = (part: number) => Math.round((units * part) / processes)
  const parts = await Promise.all(
    Array.from({ length: processes }, async (_, part) => {
      const ask = ['--json', '--rounds=0', '--rebuild=0', `--part=${placeOf(part)}:${placeOf(part + 1)}`]
      const command = [...process.execArgv, main, 'bench', 'scores', ...ask]
      const { stdout } = await runFile(process.execPath, command, { env, signal })
      return (JSON.parse(stdout) as { readonly nation: NationRun }).nation
    }),
  )
  const sum = (of: (run: NationRun) => number) => parts.reduce((total, run) => total + of(run), 0)
  return {
    units: sum((run) => run.units),
    processes,
    wallSeconds: Math.max(...parts.map((run) => run.wallSeconds)),
    measuresSeconds: sum((run) => run.measuresSeconds),
    scoresSeconds: sum((run) => run.scoresSeconds),
    signalsSeconds: sum((run) => run.signalsSeconds),
    coreSeconds: sum((run) => run.coreSeconds),
    scored: sum((run) => run.scored),
    signals: sum((run) => run.signals),
  }
}
