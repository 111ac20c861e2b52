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
  readonly ledger: Pick<ReportLedger, 'run'>
  readonly publish: (doorbell: Doorbell) => Promise<void>
  readonly clock: () => number
}

/** Rings for each week that is due and has no finished run: the ledger says which, so a missed Monday heals. */
export function createRingDoorbell(config: RingConfig, deps: RingDeps): () => Promise<void> {
  return async () => {
    for (const week of dueWeeks(config, deps.clock())) {
      const run = await deps.ledger.run(runIdOf(week))
      if (run?.state !== 'finished') await deps.publish({ week, byItself: true })
    }
  }
}
