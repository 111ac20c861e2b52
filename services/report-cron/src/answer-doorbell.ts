import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportLedger, ReportRun } from '@bina/pipeline/ports/report-ledger'
import { runIdOf } from '@bina/reporting/run-id'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { decodeDoorbell } from './doorbell.ts'

export interface AnswerDeps {
  readonly ledger: Pick<ReportLedger, 'run'>
  /** Makes the run of a week; `assertOwned` throws once another process has it. */
  readonly runWeek: (
    week: PlainDate,
    options: { readonly assertOwned: () => void; readonly retryRefused: boolean },
  ) => Promise<ReportRun>
  readonly metrics: Metrics
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn'>
  readonly clock: () => number
}

class NotOwned extends Error {}

const counted = [
  ['sent', 'delivered'],
  ['failed', 'failed'],
  ['suppressed', 'suppressed'],
] as const

/** Makes the run that a doorbell asks for, as long as this process holds it; a run that ended before is not counted again. */
export function createAnswerDoorbell(deps: AnswerDeps): (value: Buffer | null, holds: () => boolean) => Promise<void> {
  const { ledger, metrics, log, clock } = deps
  const runs = metrics.counter('report_runs_total', 'Report runs that ended, by state', ['state'])
  const deliveries = metrics.counter('report_deliveries_total', 'Mails of the runs that ended, by state', ['state'])
  const lastSuccess = metrics.gauge(
    'report_last_success_timestamp_seconds',
    'When a run last finished without a failure, Unix time',
  )
  return async (value, holds) => {
    const doorbell = decodeDoorbell(value)
    if (doorbell === undefined) {
      log.warn('a doorbell without a week was passed over')
      return
    }
    const { week, byItself } = doorbell
    const assertOwned = () => {
      if (!holds()) throw new NotOwned(`the run of ${week} belongs to another process now`)
    }
    try {
      const before = await ledger.run(runIdOf(week))
      const run = await deps.runWeek(week, { assertOwned, retryRefused: !byItself })
      if (run.dataCompleteUntilMs === before?.dataCompleteUntilMs) {
        log.debug({ week, state: run.state }, 'the run had ended before, nothing was left to send')
        return
      }
      const { state, delivered, failed, suppressed, cause } = run
      runs.inc({ state })
      for (const [name, field] of counted)
        deliveries.inc({ state: name }, Math.max(0, run[field] - (before?.[field] ?? 0)))
      if (state === 'finished') lastSuccess.set(clock() / 1000)
      log.info({ week, state, delivered, failed, suppressed, cause }, 'report run ended')
    } catch (error) {
      if (!(error instanceof NotOwned)) throw error
      log.warn({ week }, error.message)
    }
  }
}
