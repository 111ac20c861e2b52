import type { PlainDate } from '@bina/domain/plain-date'
import type { ActionLibrary } from '@bina/reporting/action-library'
import { renderHtml } from '@bina/reporting/render-html'
import { renderText } from '@bina/reporting/render-text'
import type { ReportInput } from '@bina/reporting/report-input'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { runIdOf } from '@bina/reporting/run-id'
import type { DeliveryState, ReportDelivery, ReportLedger, ReportRun } from '../ports/report-ledger.ts'
import type { ReportMailer } from '../ports/report-mailer.ts'
import type { UnitReports } from './report-inputs.ts'

export interface WeeklyRunDeps {
  readonly ledger: ReportLedger
  readonly mailer: ReportMailer
  /** The inputs of every unit's report, as of now. */
  readonly inputs: (week: PlainDate, dataCompleteUntilMs: number) => Promise<UnitReports>
  /** Undefined when every event that came in before it was asked is stored and scored, else what is behind. */
  readonly behind: () => Promise<string | undefined>
  /** Throws when this process no longer owns the run: another one goes on with it. */
  readonly assertOwned: () => void
  /** Aborted when the process is to stop: the run ends between two mails, and the next start goes on with it. */
  readonly signal: AbortSignal
  /** Makes a write at least once, and again while the world is at fault and the run is still ours and wanted. */
  readonly keepTrying: (write: () => Promise<void>) => Promise<void>
  readonly messageIdOf: (delivery: {
    period: string
    unitId: string
    recipient: string
    locale: string
    issue: number
  }) => string
  /** Rejects when the process is to stop. */
  readonly wait: (ms: number) => Promise<void>
  readonly clock: () => number
  readonly progress: (done: number, total: number) => void
}

export interface WeeklyRunConfig {
  readonly from: string
  readonly replyTo: string | undefined
  /** The steps that the reports suggest. */
  readonly library: ActionLibrary
  /** Attempts for one mail in one run, and the delay before the second; it doubles. */
  readonly maxAttempts: number
  readonly retryDelayMs: number
}

export interface WeeklyRunOptions {
  /** Whether recipients that a mail server refused for good are tried once more: when somebody asks, not by itself. */
  readonly retryRefused: boolean
}

/** Writes and mails the reports of one week. Running it again touches only what has not been sent: an attempt is in the
 *  ledger before its mail leaves, so after a crash in between the mail goes out again under the same Message-ID. */
export function createWeeklyRun(
  config: WeeklyRunConfig,
  deps: WeeklyRunDeps,
): (week: PlainDate, options: WeeklyRunOptions) => Promise<ReportRun> {
  const { ledger } = deps
  const assertGoesOn = () => {
    deps.signal.throwIfAborted()
    deps.assertOwned()
  }

  const deliver = async (delivery: ReportDelivery, input: ReportInput): Promise<DeliveryState> => {
    const view = reportViewModel(input, config.library)
    const mail = {
      from: config.from,
      to: delivery.recipient,
      ...(config.replyTo === undefined ? {} : { replyTo: config.replyTo }),
      subject: view.subject,
      html: renderHtml(view),
      text: renderText(view),
      messageId: delivery.messageId,
    }
    let smtpReply = delivery.smtpReply
    for (let tried = 1; ; tried++) {
      assertGoesOn()
      const attempts = delivery.attempts + tried
      await ledger.writeDelivery({ ...delivery, state: 'queued', attempts, smtpReply }) // 1. say that it is tried
      const outcome = await deps.mailer.send(mail) // 2. try
      smtpReply = outcome.reply
      if (outcome.kind !== 'try_later' || tried >= config.maxAttempts) {
        // What may be tried later stays queued, and is tried by the next run.
        const state = outcome.kind === 'sent' ? 'sent' : outcome.kind === 'refused' ? 'failed' : 'queued'
        // 3. say what became of it; were the whole run tried again for a mark that failed, this mail would leave twice.
        await deps.keepTrying(() => ledger.writeDelivery({ ...delivery, state, attempts, smtpReply }))
        return state
      }
      await deps.wait(config.retryDelayMs * 2 ** (tried - 1))
    }
  }

  return async (week, { retryRefused }) => {
    const runId = runIdOf(week)
    const known = await ledger.run(runId)
    if (known?.state === 'finished') return known
    const earlier = (await ledger.deliveries(runId)).filter(({ issue }) => issue === 0)
    const nothingIsLeft = !retryRefused && earlier.every(({ state }) => state !== 'queued')
    if (known?.state === 'finished_with_failures' && nothingIsLeft) return known
    const dataCompleteUntilMs = deps.clock()
    const started: ReportRun = {
      period: week,
      runId,
      state: 'running',
      startedAtMs: known?.startedAtMs ?? dataCompleteUntilMs,
      finishedAtMs: undefined,
      dataCompleteUntilMs,
      // What an earlier try of this run has done stands until this one is through.
      units: known?.units ?? 0,
      delivered: known?.delivered ?? 0,
      failed: known?.failed ?? 0,
      suppressed: known?.suppressed ?? 0,
      cause: '',
    }
    const behind = await deps.behind()
    if (behind !== undefined) {
      // A figure that may still move is not mailed: the run is held, says why, and is tried again at the next doorbell.
      const held: ReportRun = { ...started, state: 'held', cause: behind }
      await ledger.writeRun(held)
      return held
    }
    const { units, reports } = await deps.inputs(week, dataCompleteUntilMs)
    if (units === 0) {
      const held: ReportRun = {
        ...started,
        state: 'held',
        cause: 'the directory knows no kelurahan, kecamatan or upt yet: publish it first',
      }
      await ledger.writeRun(held)
      return held
    }
    await ledger.writeRun({ ...started, units })
    const earlierOf = new Map(earlier.map((row) => [`${row.unitId}|${row.recipient}`, row]))
    const states: DeliveryState[] = []
    let done = 0
    for await (const { unit, input } of reports) {
      assertGoesOn()
      const recipients = [...new Set(unit.reportEmails)]
      // A post without an address is said so, never passed over in silence.
      for (const recipient of recipients.length === 0 ? [''] : recipients) {
        const before = earlierOf.get(`${unit.unitId}|${recipient}`)
        if (before !== undefined && isSettled(before, retryRefused)) {
          states.push(before.state)
          continue
        }
        const { locale } = input.unit
        const delivery: ReportDelivery = {
          runId,
          unitId: unit.unitId,
          recipient,
          locale,
          issue: 0,
          state: 'queued',
          attempts: before?.attempts ?? 0,
          messageId: deps.messageIdOf({ period: week, unitId: unit.unitId, recipient, locale, issue: 0 }),
          smtpReply: before?.smtpReply ?? '',
        }
        if (recipient === '') {
          await ledger.writeDelivery({
            ...delivery,
            state: 'suppressed',
            smtpReply: 'the directory has no address for this unit',
          })
          states.push('suppressed')
        } else states.push(await deliver(delivery, input))
      }
      deps.progress(++done, units)
    }
    const count = (state: DeliveryState) => states.filter((candidate) => candidate === state).length
    const failed = count('failed') + count('queued')
    const finished: ReportRun = {
      ...started,
      state: failed === 0 ? 'finished' : 'finished_with_failures',
      finishedAtMs: deps.clock(),
      units,
      delivered: count('sent'),
      failed,
      suppressed: count('suppressed'),
      cause: failed === 0 ? '' : `${failed} mails were not taken: npx bina report run --week ${week} tries those again`,
    }
    await ledger.writeRun(finished)
    return finished
  }
}

/** Nothing more is to be done for it in this run. */
function isSettled({ state }: ReportDelivery, retryRefused: boolean): boolean {
  return state === 'sent' || state === 'suppressed' || (state === 'failed' && !retryRefused)
}
