import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { ReportDelivery, ReportLedger, ReportRun } from '@bina/pipeline/ports/report-ledger'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import type { ResendRequest } from '@bina/pipeline/report/resend-copies'
import { runIdOf } from '@bina/reporting/run-id'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { decodeDoorbell } from './doorbell.ts'

/** What a run is bound to: this process holds it, and is not to stop. */
export interface RunBounds {
  /** Throws once another process has the run. */
  readonly assertOwned: () => void
  readonly signal: AbortSignal
}

export interface AnswerDeps {
  readonly ledger: Pick<ReportLedger, 'run'>
  readonly runWeek: (week: PlainDate, options: RunBounds & { readonly retryRefused: boolean }) => Promise<ReportRun>
  readonly resend: (week: PlainDate, request: ResendRequest, bounds: RunBounds) => Promise<readonly ReportDelivery[]>
  /** Closes a run that has been tried for too long; undefined when it is not such a one. */
  readonly giveUp: (week: PlainDate) => Promise<ReportRun | undefined>
  /** Tells the operator of a run that was closed so. */
  readonly tellGivenUp: (run: ReportRun) => Promise<void>
  readonly metrics: Metrics
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  readonly clock: () => number
}

/** The run went to another process, or for now to nobody: whoever hears this doorbell next goes on with it. */
export class NotOwnedError extends Error {
  readonly code = 'not_owned'
}

const counted = [
  ['sent', 'delivered'],
  ['failed', 'failed'],
  ['suppressed', 'suppressed'],
] as const

/** Makes the run that a doorbell asks for, as long as this process holds it and is not to stop; a run that ended before is not counted
 *  again. @throws NotOwnedError, or as the signal says: then the doorbell is not answered. */
export function createAnswerDoorbell(
  config: { readonly zone: string },
  deps: AnswerDeps,
): (value: Buffer | null, held: { readonly holds: () => boolean; readonly signal: AbortSignal }) => Promise<void> {
  const { ledger, metrics, log, clock } = deps
  const runs = metrics.counter('report_runs_total', 'Report runs that ended, by state', ['state'])
  const deliveries = metrics.counter('report_deliveries_total', 'Mails of the runs that ended, by state', ['state'])
  const passedOver = metrics.counter(
    'report_doorbells_passed_over_total',
    'Doorbells without a run: they named no week, or one that has not ended',
    ['reason'],
  )
  const lastSuccess = metrics.gauge(
    'report_last_success_timestamp_seconds',
    'When a run last finished without a failure, Unix time',
  )
  // From nothing, so that the first failed mail is an increase to whoever watches.
  for (const [state] of counted) deliveries.inc({ state }, 0)
  const count = (before: ReportRun | undefined, run: ReportRun) => {
    runs.inc({ state: run.state })
    for (const [name, field] of counted)
      deliveries.inc({ state: name }, Math.max(0, run[field] - (before?.[field] ?? 0)))
    if (run.state === 'finished') lastSuccess.set(clock() / 1000)
  }
  return async (value, { holds, signal }) => {
    const doorbell = decodeDoorbell(value)
    if (doorbell === undefined) {
      passedOver.inc({ reason: 'no_week' })
      log.warn('a doorbell without a week was passed over')
      return
    }
    const { week, byItself, resend } = doorbell
    const lastClosed = lastClosedWeek(config.zone, clock())
    if (week > lastClosed) {
      passedOver.inc({ reason: 'not_ended' })
      log.warn(
        { week, lastClosed, endsOn: addDays(week, 7) },
        'a doorbell for a week that has not ended was passed over',
      )
      return
    }
    const assertOwned = () => {
      if (!holds()) throw new NotOwnedError(`the run of ${week} is not held by this process now`)
    }
    try {
      signal.throwIfAborted()
      assertOwned()
      if (resend !== undefined) {
        const { unitId, issue } = resend
        const rows = await deps.resend(week, resend, { assertOwned, signal })
        log.info({ week, unitId, issue, states: rows.map(({ state }) => state) }, 'a report was sent again')
        return
      }
      const before = await ledger.run(runIdOf(week))
      const givenUp = byItself ? await deps.giveUp(week) : undefined
      if (givenUp !== undefined) {
        count(before, givenUp)
        await deps.tellGivenUp(givenUp)
        log.error({ week, state: givenUp.state, cause: givenUp.cause }, 'a report run was given up')
        return
      }
      const run = await deps.runWeek(week, { assertOwned, signal, retryRefused: !byItself })
      if (run.dataCompleteUntilMs === before?.dataCompleteUntilMs) {
        log.debug({ week, state: run.state }, 'the run had ended before, nothing was left to send')
        return
      }
      count(before, run)
      const { state, delivered, failed, suppressed, cause } = run
      log.info({ week, state, delivered, failed, suppressed, cause }, 'report run ended')
    } catch (error) {
      if (signal.aborted) log.info({ week }, 'the report run stops here, the next start goes on with it')
      else if (error instanceof NotOwnedError) log.warn({ week }, error.message)
      throw error
    }
  }
}
