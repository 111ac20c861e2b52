import type { ReportLedger } from '@bina/pipeline/ports/report-ledger'
import { dueWeeks } from '@bina/pipeline/report/due-weeks'
import { runIdOf } from '@bina/reporting/run-id'
import type { Doorbell } from './doorbell.ts'

export interface RingConfig {
  readonly zone: string
  readonly dueMinute: number
  readonly catchUpMs: number
}

export interface RingDeps {
  readonly ledger: Pick<ReportLedger, 'run' | 'openWeeks'>
  readonly publish: (doorbell: Doorbell) => Promise<void>
  readonly clock: () => number
}

/** Rings for each week that is due and has no finished run, and for each run that was begun and not finished, however long ago: the
 *  ledger says which, so a missed Monday heals, and nobody waits for the other half of a run. */
export function createRingDoorbell(config: RingConfig, deps: RingDeps): () => Promise<void> {
  const { ledger, publish, clock } = deps
  return async () => {
    const weeks = new Set(await ledger.openWeeks())
    for (const week of dueWeeks(config, clock())) {
      const run = await ledger.run(runIdOf(week))
      if (run?.state !== 'finished') weeks.add(week)
    }
    for (const week of [...weeks].sort()) await publish({ week, byItself: true })
  }
}
