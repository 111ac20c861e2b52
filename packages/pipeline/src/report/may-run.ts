import type { PlainDate } from '@bina/domain/plain-date'
import { runIdOf } from '@bina/reporting/run-id'
import type { ReportControls } from '../ports/report-controls.ts'
import type { ReportLedger } from '../ports/report-ledger.ts'
import type { Hold } from './hold.ts'

export interface MayRunConfig {
  /** For how many weeks of a city's first ones each run waits until somebody approved its preview. */
  readonly approvalWeeks: number
}

export interface MayRunDeps {
  readonly ledger: Pick<ReportLedger, 'endedBeside'>
  readonly controls: Pick<ReportControls, 'of'>
  /** Undefined when every event of before the cut-off is stored and scored, else what is not. */
  readonly behind: (week: PlainDate) => Promise<string | undefined>
}

/** What keeps a week's run from going out now, the first that applies; undefined when nothing does. */
export function createMayRun(config: MayRunConfig, deps: MayRunDeps): (week: PlainDate) => Promise<Hold | undefined> {
  return async (week) => {
    const controls = await deps.controls.of(week)
    if (controls.has('paused')) return pausedHold(week)
    if (!controls.has('approved') && (await deps.ledger.endedBeside(runIdOf(week))) < config.approvalWeeks) {
      const cause = `waits for approval, as the runs of the first ${config.approvalWeeks} weeks do: look at a few reports (npx bina report preview), then npx bina report approve --week ${week}`
      return { matter: 'approval', cause }
    }
    const behind = await deps.behind(week)
    return behind === undefined ? undefined : { matter: 'behind', cause: behind }
  }
}

export const pausedHold = (week: PlainDate): Hold => ({
  matter: 'paused',
  cause: `paused by an operator: npx bina report resume --week ${week} goes on with it`,
})
