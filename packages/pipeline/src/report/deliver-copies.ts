import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportDelivery } from '../ports/report-ledger.ts'
import { type AttemptDeps, createAttempt } from './attempt-copy.ts'
import { batchesOf } from './batches-of.ts'
import { rowKey, rowNameOf } from './copy-row.ts'
import { inParallel } from './in-parallel.ts'
import type { ReportWords } from './kept-words.ts'
import { mailKey } from './mail-key.ts'
import type { CopiesPlan, PlannedCopy, Suppressed } from './plan-copies.ts'
import type { HeldUnit, RunReport } from './report-kind.ts'

export interface DeliverConfig {
  /** Attempts for one mail in one run, and the delay before the second; it doubles. */
  readonly maxAttempts: number
  readonly retryDelayMs: number
  /** Mails that are on their way at once: as many may leave twice after a crash. */
  readonly atOnce: number
  /** How long whoever takes over a run waits for the other's mark of a mail that was on its way; one that takes longer may leave twice. */
  readonly takeOverMs: number
}

export interface DeliverDeps extends AttemptDeps {
  readonly messageIdOf: (delivery: {
    period: string
    unitId: string
    recipient: string
    locale: string
    issue: number
    report: string
    followUp: boolean
  }) => string
  /** Rejects when the process is to stop. */
  readonly wait: (ms: number) => Promise<void>
  /** Called with how many mails were handed over or held back. */
  readonly progress: (done: number) => void
}

export interface DeliverTask {
  readonly week: PlainDate
  readonly runId: string
  readonly issue: number
  readonly reports: AsyncIterable<RunReport>
  /** Rows of this run and issue, as earlier tries have left them. */
  readonly earlier: readonly ReportDelivery[]
  /** Who gets a report, given the mailboxes that take no mail; asked again when one more is found. */
  readonly plan: (of: RunReport, suppressed: Suppressed) => CopiesPlan
  readonly suppressed: Suppressed
  /** Whether recipients that a mail server refused for good are tried once more. */
  readonly retryRefused: boolean
  readonly words: ReportWords
  readonly marked?: 'resent'
}

export interface Delivered {
  /** One row a planned copy. */
  readonly rows: readonly ReportDelivery[]
  /** Reports that could not be put in words or pictures: none of their copies left. */
  readonly held: readonly HeldUnit[]
  readonly unreachable: CopiesPlan['unreachable']
}

// Reports are taken in batches, so that few are in memory. Of those to be tried again so many are kept; more wait for the next try of the run.
const atATime = 100
const keptForAgain = 2_000

/**
 * Sends each report to those that it is for, in rounds: what may be tried later is tried in the next, after all others had their turn. A
 * mailbox that is not there is kept in mind, and its superior gets the report in its place in the same round, though the copy was there before.
 */
export function createDeliverCopies(
  config: DeliverConfig,
  deps: DeliverDeps,
): (task: DeliverTask) => Promise<Delivered> {
  return async (task) => {
    const rows = new Map(task.earlier.map((row) => [rowKey(row), row]))
    const planned = new Set<string>()
    const tried = new Map<string, number>()
    const suppressed = new Map(task.suppressed)
    const held = new Map<RunReport, HeldUnit>()
    const unreachable = new Map<string, CopiesPlan['unreachable']>()
    const attempt = createAttempt(deps, {
      week: task.week,
      ...(task.marked === undefined ? {} : { marked: task.marked }),
      suppressed,
      keepWords: task.words.keep,
      wasRefused: new Set(task.earlier.filter(({ state }) => state === 'failed').map((row) => mailKey(row.recipient))),
    })

    const rowOf = (copy: PlannedCopy): ReportDelivery => {
      const { of, reader } = copy
      const name = rowNameOf(copy, rows)
      const before = rows.get(rowKey(name))
      // A row stays the one that it was when the unit's language changes between two tries.
      if (before !== undefined) return { ...before, reader }
      const { week, runId, issue } = task
      const row = {
        runId,
        ...name,
        locale: of.locale,
        issue,
        reader,
        state: 'queued',
        attempts: 0,
        smtpReply: '',
      } as const
      return { ...row, messageId: deps.messageIdOf({ ...row, period: week }) }
    }
    const isDue = (copy: PlannedCopy) => {
      const row = rowOf(copy)
      const times = tried.get(rowKey(row)) ?? 0
      if (held.has(copy.of) || times >= config.maxAttempts) return false
      if (!rows.has(rowKey(row))) return true
      if (copy.heldBack !== undefined) return row.state === 'queued'
      if (row.state === 'failed') return task.retryRefused && times === 0
      return row.state !== 'sent' // a mailbox that was held back may take mail by now
    }
    const copiesOf = (report: RunReport) => {
      const plan = task.plan(report, suppressed)
      unreachable.set(`${report.report}|${report.unitId}`, plan.unreachable)
      return plan.copies
    }
    let done = 0
    const deliver = async (copy: PlannedCopy) => {
      const row = rowOf(copy)
      const before = tried.get(rowKey(row)) ?? 0
      const fault = await attempt(copy, row, (now) => {
        rows.set(rowKey(now), now)
        if (now.attempts > row.attempts) tried.set(rowKey(now), before + 1)
      })
      if (fault !== undefined) held.set(copy.of, fault)
      deps.progress(++done)
    }

    let again: RunReport[] = []
    let hasWaiting = false
    const take = async (reports: readonly RunReport[]) => {
      await inParallel(reports, config.atOnce, async (report) => {
        // The heads first: where none of their mailboxes takes mail, the superior's one copy is to say that it came in their place.
        for (const isTurn of [isHeads, isOthers]) {
          const copies = copiesOf(report).filter(isTurn)
          for (const copy of copies) for (const key of rowKeysOf(rowOf(copy))) planned.add(key)
          for (const copy of copies) if (isDue(copy)) await deliver(copy)
        }
      })
      for (const report of reports) {
        const due = copiesOf(report).filter(isDue)
        if (due.length === 0 || again.length >= keptForAgain) continue
        again.push(report)
        hasWaiting ||= due.some((copy) => tried.has(rowKey(rowOf(copy))))
      }
    }
    /** Those that have a copy to leave, in the words that the first one had. */
    const settled = async (batch: readonly RunReport[]) => {
      const due = batch.filter((report) => copiesOf(report).some(isDue))
      const words = await task.words.settle(due)
      const wordsOf = new Map(due.map((report, at) => [report, words[at] ?? report]))
      return batch.map((report) => wordsOf.get(report) ?? report)
    }
    for await (const batch of batchesOf(task.reports, atATime)) await take(await settled(batch))
    for (let pauses = 0; again.length > 0; ) {
      if (hasWaiting) await deps.wait(config.retryDelayMs * 2 ** pauses++)
      const reports = again
      again = []
      hasWaiting = false
      await take(reports)
    }
    return {
      rows: [...planned].flatMap((key) => rows.get(key) ?? []),
      held: [...held.values()],
      unreachable: [...unreachable.values()].flat(),
    }
  }
}

const isHeads = ({ reader }: PlannedCopy) => reader === 'unit_head'
const isOthers = (copy: PlannedCopy) => !isHeads(copy)

/** A mail that follows up counts beside the one that it follows. */
const rowKeysOf = (row: ReportDelivery) => [rowKey({ ...row, followUp: false }), rowKey(row)]
