import type { ReportName } from '@bina/pipeline/ports/report-ledger'
import type { ReportKind, RunReport } from '@bina/pipeline/report/report-kind'
import { CommandError } from '../command-error.ts'

/** One unit's report, written from what is known now. */
export async function oneReport(
  reports: { readonly kinds: readonly ReportKind[]; readonly clock: () => number },
  asked: { readonly unitId: string; readonly week: string; readonly report: ReportName },
): Promise<RunReport> {
  const { unitId, week, report } = asked
  const nowMs = reports.clock()
  for (const kind of reports.kinds.filter((one) => one.report === report)) {
    const of = await kind.reports({ week, nowMs, dataCompleteUntilMs: nowMs, unitIds: [unitId] })
    for await (const one of of.reports) {
      if (one.unitId !== unitId && one.unitId !== '') continue
      if ('cause' in one) throw new CommandError(`The report of ${unitId} cannot be made: ${one.cause}.`)
      return one
    }
  }
  if (report !== '') {
    const known = reports.kinds.map((kind) => (kind.report === '' ? 'unit' : kind.report)).join(', ')
    throw new CommandError(`The unit ${unitId} has no report of the kind ${report}. Kinds that there are: ${known}.`)
  }
  throw new CommandError(
    `The unit ${unitId} gets no report: the directory does not know it today as a kelurahan, kecamatan or upt. The known ones: SELECT unit_id, name FROM unit`,
  )
}
