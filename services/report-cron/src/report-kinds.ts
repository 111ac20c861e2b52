import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import type { WorkCalendar } from '@bina/domain/calendar'
import { type ReportInputsConfig, reportInputs } from '@bina/pipeline/report/report-inputs'
import type { AskedReports, ReportKind } from '@bina/pipeline/report/report-kind'
import { createUnitReportKind } from '@bina/pipeline/report/unit-report-kind'
import type { ActionLibrary } from '@bina/reporting/action-library'
import type { Policy } from '@bina/runtime/load-policy'

export interface ReportKindsDeps {
  readonly clickhouse: ClickHouseClient
  readonly calendar: WorkCalendar
  readonly policy: Policy
  readonly library: ActionLibrary
}

/** The kinds of report that a run consists of, in the order in which they go out. A further kind is one more line here. */
export function createReportKinds(config: ReportInputsConfig, deps: ReportKindsDeps): readonly ReportKind[] {
  const { clickhouse, calendar, policy } = deps
  const figures = createReportFigures(clickhouse)
  const unitInputs = async (asked: AskedReports) => {
    const all = await reportInputs(
      config,
      { figures, calendar, policy: policy.scoring, policyVersion: policy.version },
      asked,
    )
    const wanted = all.filter(({ unit }) => asked.unitIds === undefined || asked.unitIds.includes(unit.unitId))
    async function* inputs() {
      for (const { unit, input } of wanted) yield { unitId: unit.unitId, input }
    }
    return { units: wanted.length, inputs: inputs() }
  }
  return [createUnitReportKind({ inputs: unitInputs, library: deps.library })]
}
