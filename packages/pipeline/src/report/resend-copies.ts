import type { PlainDate } from '@bina/domain/plain-date'
import { runIdOf } from '@bina/reporting/run-id'
import type { ReportDelivery, ReportLedger, ReportName } from '../ports/report-ledger.ts'
import type { Suppressions } from '../ports/report-suppressions.ts'
import { createDeliverCopies, type DeliverConfig, type DeliverDeps } from './deliver-copies.ts'
import { gatherReports } from './gather-reports.ts'
import { wordsOfNow } from './kept-words.ts'
import { mailKey } from './mail-key.ts'
import { type Addressees, type PlannedCopy, planCopies } from './plan-copies.ts'
import type { ReportKind, RunReport } from './report-kind.ts'

/** One report once more, to some of those who get it. */
export interface ResendRequest {
  readonly unitId: string
  readonly report: ReportName
  readonly recipients: readonly string[]
  /** Chosen by who asks: the same request twice is one resend. From 1. */
  readonly issue: number
}

export interface ResendDeps extends Omit<DeliverDeps, 'assertGoesOn'> {
  readonly ledger: ReportLedger
  readonly suppressions: Suppressions
  readonly kinds: readonly ReportKind[]
  readonly addressees: () => Promise<Addressees>
  /** Undefined when every event of before the cut-off is stored and scored, else what is not. */
  readonly behind: (week: PlainDate) => Promise<string | undefined>
  readonly onFault: (error: unknown, kind: ReportKind) => void
  readonly assertOwned: () => void
  readonly signal: AbortSignal
  readonly clock: () => number
}

/** Sends a report again, marked as such, as it is written from what is known now, under an issue and a Message-ID of its own. Every recipient that was asked for has a row in the ledger
 *  when it ends: `sent`, or `failed` with the reason. It is not tried again by itself. */
export function createResendCopies(
  config: DeliverConfig,
  deps: ResendDeps,
): (week: PlainDate, request: ResendRequest) => Promise<readonly ReportDelivery[]> {
  const { ledger, keepTrying } = deps
  const deliver = createDeliverCopies(config, {
    ...deps,
    assertGoesOn: async () => {
      deps.signal.throwIfAborted()
      deps.assertOwned()
    },
  })
  return async (week, { unitId, report, recipients, issue }) => {
    const runId = runIdOf(week)
    const rowsNow = async () =>
      (await ledger.deliveries(runId)).filter(
        (row) => row.issue === issue && row.unitId === unitId && row.report === report,
      )
    const earlier = await rowsNow()
    const isAsked = new Set(recipients.map(mailKey))
    const failTheRest = async (why: string) => {
      const rows = new Map((await rowsNow()).map((row) => [mailKey(row.recipient), row]))
      for (const recipient of recipients) {
        const row = rows.get(mailKey(recipient))
        if (row !== undefined && row.state !== 'queued') continue
        const identity = { unitId, recipient, locale: row?.locale ?? 'id', issue, report, followUp: false }
        const begun = row ?? {
          ...{ runId, ...identity, reader: 'unit_head' as const, attempts: 0, smtpReply: why },
          messageId: deps.messageIdOf({ period: week, ...identity }),
        }
        await keepTrying(() => ledger.writeDelivery({ ...begun, state: 'failed' }))
      }
      return rowsNow()
    }
    const behind = await deps.behind(week)
    if (behind !== undefined) return failTheRest(behind)
    const nowMs = deps.clock()
    const asked = { week, nowMs, dataCompleteUntilMs: nowMs, unitIds: [unitId] }
    const kinds = deps.kinds.filter((kind) => kind.report === report)
    const { reports, held } = await gatherReports(kinds, asked, deps.onFault)
    const addressees = await deps.addressees()
    // Who asks for a resend to a mailbox that took no mail wants to know whether it does now.
    const isWanted = ({ recipient, heldBack }: PlannedCopy) => heldBack === undefined && isAsked.has(mailKey(recipient))
    const outcome = await deliver({
      week,
      runId,
      issue,
      reports: onlyOf(unitId, reports),
      earlier,
      plan: (of) => {
        const { copies, unreachable } = planCopies(of, addressees, new Map())
        return { copies: copies.filter(isWanted), unreachable }
      },
      suppressed: new Map(),
      retryRefused: false,
      words: wordsOfNow,
      marked: 'resent',
    })
    const why = held[0]?.cause ?? outcome.held[0]?.cause
    return failTheRest(why ?? 'this unit has no such report, or this address does not get it')
  }
}

async function* onlyOf(unitId: string, reports: AsyncIterable<RunReport>) {
  for await (const report of reports) if (report.unitId === unitId) yield report
}
