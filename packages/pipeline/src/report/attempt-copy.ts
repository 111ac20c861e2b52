import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportDelivery, ReportLedger } from '../ports/report-ledger.ts'
import type { ReportMail, ReportMailer } from '../ports/report-mailer.ts'
import type { Suppressions } from '../ports/report-suppressions.ts'
import type { Copy } from './compose-mail.ts'
import { mailKey } from './mail-key.ts'
import type { PlannedCopy } from './plan-copies.ts'
import type { HeldUnit, RunReport } from './report-kind.ts'

export interface AttemptDeps {
  readonly ledger: Pick<ReportLedger, 'writeDelivery'>
  readonly suppressions: Pick<Suppressions, 'add' | 'lift'>
  readonly mailer: ReportMailer
  readonly compose: (report: RunReport, copy: Copy) => Promise<ReportMail>
  /** Throws when this process is to stop, no longer owns the run, or the run was paused: asked before each mail. */
  readonly assertGoesOn: () => Promise<void>
  /** Makes a write at least once, and again while the world is at fault and the run is still ours and wanted. */
  readonly keepTrying: (write: () => Promise<void>) => Promise<void>
}

export interface AttemptState {
  readonly week: PlainDate
  readonly marked?: 'resent'
  /** Mailboxes that take no mail; those that are found join them. */
  readonly suppressed: Map<string, string>
  /** Called before a copy leaves: its report's words are those of every later copy. */
  readonly keepWords: (report: RunReport) => Promise<void>
  /** Mailboxes that an earlier try of the run was refused by. */
  readonly wasRefused: ReadonlySet<string>
}

/** Hands over one copy, or writes down why it is held back. Answers why its report could not be written, where that is so: then nothing left. */
export function createAttempt(deps: AttemptDeps, state: AttemptState) {
  const { ledger, suppressions, keepTrying } = deps
  const { week, marked, suppressed, keepWords, wasRefused } = state

  const noteMailbox = async (row: ReportDelivery, outcome: Awaited<ReturnType<ReportMailer['send']>>) => {
    const key = mailKey(row.recipient)
    if (outcome.kind === 'refused' && outcome.hardBounce) {
      await suppressions.add({ recipient: key, runId: row.runId, reason: outcome.reply })
      suppressed.set(key, outcome.reply)
    } else if (outcome.kind === 'sent' && (suppressed.has(key) || wasRefused.has(key))) {
      await suppressions.lift(key)
      suppressed.delete(key)
    }
  }

  return async (
    { of, recipient, reader, readerUnitId, heldBack }: PlannedCopy,
    row: ReportDelivery,
    written: (row: ReportDelivery) => void,
  ): Promise<HeldUnit | undefined> => {
    const write = async (now: ReportDelivery) => {
      await ledger.writeDelivery(now)
      written(now)
    }
    await deps.assertGoesOn()
    if (heldBack !== undefined) {
      // A post without an address is said so, never passed over in silence.
      await write({ ...row, state: 'suppressed', smtpReply: heldBack })
      return undefined
    }
    const copy = { week, recipient, reader, readerUnitId, messageId: row.messageId }
    let mail: ReportMail
    try {
      mail = await deps.compose(of, { ...copy, ...(marked === undefined ? {} : { marked }) })
    } catch (error) {
      // A fault in one unit's report keeps no other from going out: it is told, and its unit gets none.
      const why = error instanceof Error ? error.message : String(error)
      return { unitId: of.unitId, cause: `the report could not be written: ${why}` }
    }
    await keepWords(of) // 1. keep what is said: whenever another copy leaves, it says the same
    const begun: ReportDelivery = { ...row, state: 'queued', attempts: row.attempts + 1 }
    await write(begun) // 2. say that it is tried
    const outcome = await deps.mailer.send(mail) // 3. try
    // What may be tried later stays queued, and is tried by the next round, and the next run.
    const ended: ReportDelivery = {
      ...begun,
      state: outcome.kind === 'sent' ? 'sent' : outcome.kind === 'refused' ? 'failed' : 'queued',
      smtpReply: outcome.reply,
    }
    await keepTrying(() => noteMailbox(ended, outcome))
    // 4. say what became of it; were the whole run tried again for a mark that failed, this mail would leave twice.
    await keepTrying(() => ledger.writeDelivery(ended))
    written(ended)
    return undefined
  }
}
