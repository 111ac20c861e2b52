import type { PlainDate } from '@bina/domain/plain-date'
import { runIdOf } from '@bina/reporting/run-id'
import type { ReportLedger, ReportRun } from '../ports/report-ledger.ts'
import type { ReportSnapshots } from '../ports/report-snapshots.ts'
import type { Suppressions } from '../ports/report-suppressions.ts'
import { createDeliverCopies, type DeliverConfig, type DeliverDeps, type Delivered } from './deliver-copies.ts'
import { gatherReports } from './gather-reports.ts'
import type { Hold } from './hold.ts'
import { createKeptWords } from './kept-words.ts'
import { mailKey } from './mail-key.ts'
import { pausedHold } from './may-run.ts'
import { type Addressees, planCopies } from './plan-copies.ts'
import type { HeldUnit, ReportKind } from './report-kind.ts'

export interface WeeklyRunDeps extends Omit<DeliverDeps, 'assertGoesOn'> {
  readonly ledger: ReportLedger
  readonly suppressions: Suppressions
  readonly snapshots: Omit<ReportSnapshots, 'lastBefore'>
  /** Whether an operator paused the run: asked before each mail. */
  readonly isPaused: (week: PlainDate) => Promise<boolean>
  readonly kinds: readonly ReportKind[]
  readonly addressees: () => Promise<Addressees>
  /** What keeps the week's run from going out now; undefined when nothing does. */
  readonly mayRun: (week: PlainDate) => Promise<Hold | undefined>
  /** Tells the operator what did not go out; each matter of a run once. */
  readonly tell: (run: ReportRun, holds: readonly Hold[], heldUnits: readonly HeldUnit[]) => Promise<void>
  readonly onFault: (error: unknown, kind: ReportKind) => void
  /** Throws when this process no longer owns the run: another one goes on with it. */
  readonly assertOwned: () => void
  /** Aborted when the process is to stop: the run ends between two mails, and the next start goes on with it. */
  readonly signal: AbortSignal
  readonly clock: () => number
}

export interface WeeklyRunOptions {
  /** Whether recipients that a mail server refused for good are tried once more: when somebody asks, not by itself. */
  readonly retryRefused: boolean
}

/** An operator paused the run between two mails. */
class PausedError extends Error {}

/** Writes and mails the reports of one week. Running it again touches only what has not been sent: an attempt is in the
 *  ledger before its mail leaves, so after a crash in between the mail goes out again under the same Message-ID. */
export function createWeeklyRun(
  config: DeliverConfig,
  deps: WeeklyRunDeps,
): (week: PlainDate, options: WeeklyRunOptions) => Promise<ReportRun> {
  const { ledger, signal, clock } = deps
  const createDeliver = (week: PlainDate) => {
    const assertGoesOn = async () => {
      if (await deps.isPaused(week)) throw new PausedError()
      signal.throwIfAborted()
      deps.assertOwned()
    }
    return createDeliverCopies(config, { ...deps, assertGoesOn })
  }
  const end = async (run: ReportRun, holds: readonly Hold[], heldUnits: readonly HeldUnit[] = []) => {
    await ledger.writeRun(run)
    await deps.tell(run, holds, heldUnits)
    return run
  }

  return async (week, { retryRefused }) => {
    const runId = runIdOf(week)
    const known = await ledger.run(runId)
    if (known?.state === 'finished') return known
    // Another process has begun it, and may be alive: where only the group has formed anew, it ends with the mail that is on its way now.
    if (known?.state === 'running') await deps.wait(config.takeOverMs)
    const earlier = (await ledger.deliveries(runId)).filter(({ issue }) => issue === 0)
    const nothingIsLeft = !retryRefused && earlier.every(({ state }) => state !== 'queued')
    if (known?.state === 'finished_with_failures' && nothingIsLeft) return known
    const nowMs = clock()
    const started = startedRun(week, known, nowMs)
    const hold = await deps.mayRun(week)
    // A figure that may still move is not mailed: the run is held, says why, and is tried again at the next doorbell.
    if (hold !== undefined) return end({ ...started, state: 'held', cause: hold.cause }, [hold])
    const asked = { week, nowMs: clock(), dataCompleteUntilMs: nowMs }
    const { units, reports, held } = await gatherReports(deps.kinds, asked, deps.onFault)
    if (units === 0 && held.length === 0) return end({ ...started, state: 'held', cause: noUnits.cause }, [noUnits])
    await ledger.writeRun({ ...started, units })
    const addressees = await deps.addressees()
    const mailboxes = (await deps.suppressions.list()).filter((one) => !retryRefused || one.runId !== runId)
    try {
      const delivered = await createDeliver(week)({
        week,
        runId,
        issue: 0,
        reports,
        earlier,
        plan: (of, suppressed) => planCopies(of, addressees, suppressed),
        suppressed: new Map(mailboxes.map(({ recipient, reason }) => [mailKey(recipient), reason])),
        retryRefused,
        words: createKeptWords(week, deps.snapshots),
      })
      const heldUnits = [...held, ...delivered.held]
      const { run, holds } = endedRun({ ...started, units }, delivered, heldUnits, clock())
      return await end(run, holds, [...heldUnits, ...delivered.unreachable])
    } catch (error) {
      if (!(error instanceof PausedError)) throw error
      const rows = (await ledger.deliveries(runId)).filter(({ issue }) => issue === 0)
      const paused = pausedHold(week)
      return end({ ...started, units, ...countsOf(rows), state: 'held', cause: paused.cause }, [paused])
    }
  }
}

const noUnits: Hold = {
  matter: 'no_units',
  cause: 'the directory knows no kelurahan, kecamatan or upt yet: publish it first',
}

/** What an earlier try of this run has done stands until this one is through. */
function startedRun(week: PlainDate, known: ReportRun | undefined, nowMs: number): ReportRun {
  return {
    period: week,
    runId: runIdOf(week),
    state: 'running',
    startedAtMs: known?.startedAtMs ?? nowMs,
    finishedAtMs: undefined,
    dataCompleteUntilMs: nowMs,
    units: known?.units ?? 0,
    delivered: known?.delivered ?? 0,
    failed: known?.failed ?? 0,
    suppressed: known?.suppressed ?? 0,
    cause: '',
  }
}

/** Where reports were held back the run is not at its end: it is tried again by itself. */
function endedRun(
  started: ReportRun,
  { rows, unreachable }: Delivered,
  heldUnits: readonly HeldUnit[],
  nowMs: number,
): { readonly run: ReportRun; readonly holds: readonly Hold[] } {
  const counts = countsOf(rows)
  const again = `npx bina report run --week ${started.period} tries those again`
  const holds: Hold[] = []
  const [first] = heldUnits
  if (first !== undefined) {
    const which = first.unitId === '' ? '' : `${first.unitId}: `
    holds.push({
      matter: 'figures',
      cause: `${heldUnits.length} reports were held back (${which}${first.cause}): ${again}`,
    })
  }
  if (counts.failed > 0)
    holds.push({
      matter: 'refused',
      cause: `${counts.failed === 1 ? '1 mail was' : `${counts.failed} mails were`} not taken. A mailbox that is gone gets none until the directory has another, and its superior has the report where there is one. Where the fault was another, ${again}`,
    })
  const cause = holds.map((hold) => hold.cause).join('; ')
  if (unreachable.length > 0)
    holds.push({
      matter: 'unreachable',
      cause: `${unreachable.length} reports had nobody to go to: neither the unit nor its superior has a mailbox that takes mail`,
    })
  const state = first !== undefined ? 'held' : counts.failed > 0 ? 'finished_with_failures' : 'finished'
  return { run: { ...started, ...counts, state, finishedAtMs: state === 'held' ? undefined : nowMs, cause }, holds }
}

function countsOf(rows: Delivered['rows']): Pick<ReportRun, 'delivered' | 'failed' | 'suppressed'> {
  const count = (...states: readonly string[]) => rows.filter(({ state }) => states.includes(state)).length
  return { delivered: count('sent'), failed: count('failed', 'queued'), suppressed: count('suppressed') }
}
