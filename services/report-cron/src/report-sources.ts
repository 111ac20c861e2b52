import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { createReportControls } from '@bina/clickhouse/report-controls'
import { createReportDirectory } from '@bina/clickhouse/report-directory'
import { createReportLedger } from '@bina/clickhouse/report-ledger'
import { createReportNotices } from '@bina/clickhouse/report-notices'
import { createReportRecipients } from '@bina/clickhouse/report-recipients'
import { createReportSnapshots } from '@bina/clickhouse/report-snapshots'
import { createSuppressions } from '@bina/clickhouse/report-suppressions'
import { type ComposeConfig, createComposeMail } from '@bina/pipeline/report/compose-mail'
import type { IntegrityInputsConfig } from '@bina/pipeline/report/integrity-inputs'
import { createReadAddressees } from '@bina/pipeline/report/read-addressees'
import { createReportKinds, type ReportKindsDeps } from './report-kinds.ts'
import type { ReportTools } from './report-tools.ts'

export interface ReportSourcesConfig extends IntegrityInputsConfig {
  readonly compose: ComposeConfig
}

export interface ReportSourcesDeps extends Omit<ReportKindsDeps, 'snapshots'> {
  readonly clickhouse: ClickHouseClient
  readonly tools: ReportTools
  readonly clock: () => number
}

/** What reports are made from, who gets them and what was sent: the same for the run and for the commands that show it. */
export function createReportSources(config: ReportSourcesConfig, deps: ReportSourcesDeps) {
  const { clickhouse, clock } = deps
  const recipients = createReportRecipients(clickhouse)
  const directory = createReportDirectory(clickhouse)
  const snapshots = createReportSnapshots(clickhouse)
  return {
    ledger: createReportLedger(clickhouse),
    suppressions: createSuppressions(clickhouse),
    controls: createReportControls(clickhouse),
    notices: createReportNotices(clickhouse),
    recipients,
    directory,
    snapshots,
    kinds: createReportKinds(config, { ...deps, snapshots }),
    addressees: createReadAddressees(config, { directory, recipients, clock }),
    compose: createComposeMail(config.compose, deps.tools),
  }
}

export type ReportSources = ReturnType<typeof createReportSources>
