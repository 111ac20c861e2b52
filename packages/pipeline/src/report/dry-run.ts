import type { PlainDate } from '@bina/domain/plain-date'
import { runIdOf } from '@bina/reporting/run-id'
import type { CopyReader, DeliveryState, ReportLedger, ReportName } from '../ports/report-ledger.ts'
import type { ReportMail } from '../ports/report-mailer.ts'
import type { Suppressions } from '../ports/report-suppressions.ts'
import type { Copy } from './compose-mail.ts'
import { rowKey, rowNameOf } from './copy-row.ts'
import { gatherReports } from './gather-reports.ts'
import type { Hold } from './hold.ts'
import { mailKey } from './mail-key.ts'
import { type Addressees, type CopiesPlan, planCopies } from './plan-copies.ts'
import type { HeldUnit, ReportKind, RunReport } from './report-kind.ts'

export interface DryRunCount {
  readonly report: ReportName
  readonly reader: CopyReader
  /** `to_send`: a run would send it now; else how the ledger has it, or would. */
  readonly state: 'to_send' | DeliveryState
  readonly count: number
}

export interface DryRun {
  /** What would keep the run from going out; absent: nothing. */
  readonly hold?: Hold
  readonly units: number
  readonly counts: readonly DryRunCount[]
  readonly held: readonly HeldUnit[]
  readonly unreachable: CopiesPlan['unreachable']
  /** Added, and not confirmed yet. */
  readonly unconfirmed: number
}

export interface DryRunDeps {
  readonly ledger: Pick<ReportLedger, 'deliveries'>
  readonly suppressions: Pick<Suppressions, 'list'>
  readonly kinds: readonly ReportKind[]
  readonly addressees: () => Promise<Addressees>
  readonly compose: (report: RunReport, copy: Copy) => Promise<ReportMail>
  readonly mayRun: (week: PlainDate) => Promise<Hold | undefined>
  readonly clock: () => number
}

/** A whole run without a mail and without a trace: every report is written as it would be sent, and counted. */
export async function dryRun(week: PlainDate, deps: DryRunDeps): Promise<DryRun> {
  const nowMs = deps.clock()
  const hold = await deps.mayRun(week)
  const rows = (await deps.ledger.deliveries(runIdOf(week))).filter(({ issue }) => issue === 0)
  const known = new Map(rows.map((row) => [rowKey(row), row]))
  const addressees = await deps.addressees()
  const suppressed = new Map(
    (await deps.suppressions.list()).map(({ recipient, reason }) => [mailKey(recipient), reason]),
  )
  const asked = { week, nowMs, dataCompleteUntilMs: nowMs }
  const { units, reports, held } = await gatherReports(deps.kinds, asked, () => undefined)
  const counts = new Map<string, { -readonly [K in keyof DryRunCount]: DryRunCount[K] }>()
  const unreachable: CopiesPlan['unreachable'][number][] = []
  const unwritten: HeldUnit[] = []
  for await (const of of reports) {
    const plan = planCopies(of, addressees, suppressed)
    unreachable.push(...plan.unreachable)
    const fault = await faultOf(of, plan, week, deps)
    if (fault !== undefined) {
      unwritten.push({ unitId: of.unitId, cause: fault })
      continue
    }
    for (const copy of plan.copies) {
      const { reader, heldBack } = copy
      const before = known.get(rowKey(rowNameOf(copy, known)))?.state
      const state =
        before === undefined || before === 'queued' ? (heldBack === undefined ? 'to_send' : 'suppressed') : before
      const key = `${of.report}|${reader}|${state}`
      const row = counts.get(key) ?? { report: of.report, reader, state, count: 0 }
      row.count++
      counts.set(key, row)
    }
  }
  const unconfirmed = [...addressees.added.values()]
    .flat()
    .filter((one) => addressees.wishes.stateOf(one) === 'pending').length
  return {
    ...(hold === undefined ? {} : { hold }),
    ...{ units, counts: [...counts.values()], held: [...held, ...unwritten], unreachable, unconfirmed },
  }
}

async function faultOf(of: RunReport, plan: CopiesPlan, week: string, deps: DryRunDeps): Promise<string | undefined> {
  for (const { recipient, reader, readerUnitId, heldBack } of plan.copies) {
    if (heldBack !== undefined) continue
    try {
      await deps.compose(of, { week, recipient, reader, readerUnitId, messageId: '<dry@run>' })
    } catch (error) {
      return `the report could not be written: ${error instanceof Error ? error.message : String(error)}`
    }
  }
  return undefined
}
