import type { NationRun } from './nation-week.ts'
import { sideBySide } from './side-by-side.ts'

/**
 * Judges a nation's week in as many processes as are asked for, side by side: what a nation's score-workers are. Each one is this command
 * once more, for its part of the units. Seconds of a core are added up; of the wall's clock the slowest part counts.
 */
export async function judgeNationInParts(
  units: number,
  processes: number,
  world: { readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<NationRun & { readonly processes: number }> {
  const ask = ['bench', 'scores', '--rounds=0', '--rebuild=0']
  const answers = (await sideBySide(ask, { total: units, processes }, world)) as readonly {
    readonly nation: NationRun
  }[]
  const parts = answers.map(({ nation }) => nation)
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
