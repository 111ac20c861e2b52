import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import { createReportSnapshots } from '@bina/clickhouse/report-snapshots'
import type { WorkCalendar } from '@bina/domain/calendar'
import { caughtUp } from '@bina/kafka/caught-up'
import type { Kafka } from '@bina/kafka/connect'
import type { MessagePublisher } from '@bina/kafka/message-publisher'
import type { Mailer } from '@bina/mailer/mailer'
import { messageIdOf } from '@bina/mailer/message-id'
import type { ReportLedger } from '@bina/pipeline/ports/report-ledger'
import { reportInputs } from '@bina/pipeline/report/report-inputs'
import { createWeeklyRun } from '@bina/pipeline/report/weekly-run'
import { pipelineStages } from '@bina/pipeline/stages'
import { createReportCron, isPassing } from '@bina/report-cron/app'
import { createKeepTrying } from '@bina/report-cron/keep-trying'
import { testActionLibrary } from '@bina/reporting/test-action-library'
import type { Policy } from '@bina/runtime/load-policy'
import type { Logger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'

export const sender = 'Bina <bina@palembang.example>'
export const contact = 'pembinaan@palembang.example'
const dueMinute = 6 * 60

export interface ReportWorld {
  readonly kafka: Kafka
  readonly clickhouse: ClickHouseClient
  readonly publisher: MessagePublisher
  readonly topicPrefix: string
  readonly calendar: WorkCalendar
  readonly policy: Policy
  readonly log: Logger
}

export interface TestCronOptions {
  readonly clock: () => number
  readonly zone?: string
  readonly cityProfile?: string
  readonly sessionTimeoutMs?: number
}

type Figures = Pick<ReportWorld, 'clickhouse' | 'calendar' | 'policy'>

/** The inputs of a week's reports, from the city's real figures. */
export function inputsOf({ clickhouse, calendar, policy }: Figures, options: TestCronOptions) {
  const { clock, zone = 'Asia/Jakarta', cityProfile = 'office_5d' } = options
  return (week: string, dataCompleteUntilMs: number) =>
    reportInputs(
      { zone, cityProfile, dueMinute, contact },
      {
        figures: createReportFigures(clickhouse, { zone }),
        snapshots: createReportSnapshots(clickhouse),
        calendar,
        policy: policy.scoring,
        policyVersion: policy.version,
      },
      { week, nowMs: clock(), dataCompleteUntilMs },
    )
}

/** A report-cron of the product on real servers; a fault is put into its ledger. */
export function testCron(world: ReportWorld, ledger: ReportLedger, mailer: Mailer, options: TestCronOptions) {
  const { kafka, topicPrefix, publisher, log } = world
  const { clock, zone = 'Asia/Jakarta', sessionTimeoutMs = 30_000 } = options
  return createReportCron(
    { topicPrefix, zone, dueMinute, catchUpMs: 48 * 3_600_000, sessionTimeoutMs },
    {
      kafka,
      publisher,
      ledger,
      runWeek: (week, { assertOwned, signal, retryRefused }) =>
        createWeeklyRun(
          { from: sender, replyTo: contact, library: testActionLibrary, maxAttempts: 2, retryDelayMs: 1 },
          {
            ledger,
            mailer,
            inputs: inputsOf(world, options),
            behind: () => caughtUp(kafka, pipelineStages(topicPrefix), { timeoutMs: 60_000, signal }),
            assertOwned,
            signal,
            keepTrying: createKeepTrying({ isPassing, assertOwned, signal, onRetry: () => {} }),
            messageIdOf: (delivery) => messageIdOf(delivery, 'palembang.example'),
            wait: async () => {},
            clock,
            progress: () => {},
          },
        )(week, { retryRefused }),
      metrics: createMetrics({ processMetrics: false }),
      log,
      clock,
    },
  )
}
