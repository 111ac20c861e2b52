import type { PlainDate } from '@bina/domain/plain-date'
import { runIdOf } from '@bina/reporting/run-id'
import type { ReportLedger, ReportRun } from '../ports/report-ledger.ts'
import { dueWeeks } from './due-weeks.ts'

export interface GiveUpConfig {
  readonly zone: string
  readonly dueMinute: number
  readonly catchUpMs: number
}

// From then on the figures of a run that went out in time are final, and a report is no news any more.
const triedForDays = 14

/** Ends a run that was begun long ago and could not be finished by itself: what is queued is marked as failed, and the ledger says with
 *  which command it is tried again. Undefined when the run has ended, or is still to be tried. */
export function createGiveUpRun(
  config: GiveUpConfig,
  deps: { readonly ledger: ReportLedger; readonly clock: () => number },
): (week: PlainDate) => Promise<ReportRun | undefined> {
  const { ledger, clock } = deps
  return async (week) => {
    const nowMs = clock()
    const run = await ledger.run(runIdOf(week))
    if (run === undefined || run.state === 'finished') return undefined
    if (nowMs - run.startedAtMs <= triedForDays * 86_400_000 || dueWeeks(config, nowMs).includes(week)) return undefined
    const rows = (await ledger.deliveries(run.runId)).filter(({ issue }) => issue === 0)
    const queued = rows.filter(({ state }) => state === 'queued')
    if (run.finishedAtMs !== undefined && queued.length === 0) return undefined
    for (const row of queued) await ledger.writeDelivery({ ...row, state: 'failed' })
    const why = run.cause === '' ? `${queued.length} mails waited for their turn` : run.cause
    const count = (...states: readonly string[]) => rows.filter(({ state }) => states.includes(state)).length
    const givenUp: ReportRun = {
      ...run,
      state: 'finished_with_failures',
      finishedAtMs: nowMs,
      delivered: count('sent'),
      failed: count('failed', 'queued'),
      suppressed: count('suppressed'),
      cause: `given up after ${triedForDays} days: npx bina report run --week ${week} tries again (at last: ${why})`,
    }
    await ledger.writeRun(givenUp)
    return givenUp
  }
}
