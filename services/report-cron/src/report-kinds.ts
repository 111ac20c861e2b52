import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { createIntegrityFigures } from '@bina/clickhouse/integrity-figures'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import type { WorkCalendar } from '@bina/domain/calendar'
import type { ReportSnapshots } from '@bina/pipeline/ports/report-snapshots'
import { areaInputs } from '@bina/pipeline/report/area-inputs'
import { cityInputs } from '@bina/pipeline/report/city-inputs'
import { type IntegrityInputsConfig, integrityInputs } from '@bina/pipeline/report/integrity-inputs'
import { type Reports, reportInputs } from '@bina/pipeline/report/report-inputs'
import { type CopyMarks, createReportKind, type ReportKind } from '@bina/pipeline/report/report-kind'
import { createUnitReportKind } from '@bina/pipeline/report/unit-report-kind'
import type { ActionLibrary } from '@bina/reporting/action-library'
import type { AreaReportInput, CityReportInput, IntegrityReportInput } from '@bina/reporting/area-report-input'
import { areaViewModel } from '@bina/reporting/roll-up/area-view-model'
import { cityViewModel } from '@bina/reporting/roll-up/city-view-model'
import { figuresCsv } from '@bina/reporting/roll-up/figures-csv'
import { integrityViewModel } from '@bina/reporting/roll-up/integrity-view-model'
import type { Policy } from '@bina/runtime/load-policy'

export interface ReportKindsDeps {
  readonly clickhouse: ClickHouseClient
  readonly snapshots: ReportSnapshots
  readonly calendar: WorkCalendar
  readonly policy: Policy
  readonly library: ActionLibrary
}

/** The kinds of report that a run consists of, in the order in which they go out. */
export function createReportKinds(config: IntegrityInputsConfig, deps: ReportKindsDeps): readonly ReportKind[] {
  const { clickhouse, snapshots, policy, library } = deps
  const from = {
    figures: createReportFigures(clickhouse, config),
    integrity: createIntegrityFigures(clickhouse, config),
    snapshots,
    calendar: deps.calendar,
    policy: policy.scoring,
    policyVersion: policy.version,
  }
  return [
    createUnitReportKind({
      library,
      inputs: async (asked) => oneByOne(await reportInputs(config, from, asked)),
    }),
    createReportKind<AreaReportInput>({
      report: 'area',
      superiorsCopy: false,
      inputs: async (asked) => oneByOne(await areaInputs(config, from, asked)),
      viewModel: (input, marks) => areaViewModel({ ...input, ...frameMarks(marks) }, library),
      localeOf: ({ area }) => area.locale,
      filesOf: (input) => [csvOf(input)],
    }),
    createReportKind<CityReportInput>({
      report: 'city',
      superiorsCopy: false,
      inputs: async (asked) => oneByOne(await cityInputs(config, from, asked)),
      viewModel: (input, marks) => cityViewModel({ ...input, ...frameMarks(marks) }, library),
      localeOf: ({ area }) => area.locale,
    }),
    createReportKind<IntegrityReportInput>({
      report: 'integrity',
      superiorsCopy: false,
      inputs: async (asked) => oneByOne(await integrityInputs(config, from, asked)),
      viewModel: (input, marks) => integrityViewModel({ ...input, ...frameMarks(marks) }),
      localeOf: ({ area }) => area.locale,
    }),
  ]
}

function oneByOne<Input>({
  units,
  reports,
}: Reports<{ readonly unit: { readonly unitId: string }; readonly input: Input }>) {
  async function* inputs() {
    for await (const { unit, input } of reports) yield { unitId: unit.unitId, input }
  }
  return { units, inputs: inputs() }
}

function frameMarks({ marked, links }: CopyMarks) {
  return {
    ...(marked === undefined ? {} : { marked }),
    ...(links?.unsubscribe === undefined ? {} : { unsubscribeUrl: links.unsubscribe }),
  }
}

function csvOf(input: AreaReportInput) {
  const area = input.area.id.replaceAll(/[^A-Za-z0-9.-]/g, '-')
  return {
    filename: `bina_${input.week}_${area}.csv`,
    contentType: 'text/csv; charset=utf-8',
    content: Buffer.from(figuresCsv(input)),
  }
}
