import { setTimeout as wait } from 'node:timers/promises'
import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createReportFigures } from '@bina/clickhouse/report-figures'
import { createReportSnapshots } from '@bina/clickhouse/report-snapshots'
import type { WorkCalendar } from '@bina/domain/calendar'
import { caughtUp } from '@bina/kafka/caught-up'
import type { Kafka } from '@bina/kafka/connect'
import type { MessagePublisher } from '@bina/kafka/message-publisher'
import type { Mailer } from '@bina/mailer/mailer'
import type { ReportLedger } from '@bina/pipeline/ports/report-ledger'
import { createDataComplete } from '@bina/pipeline/report/data-complete'
import { reportInputs } from '@bina/pipeline/report/report-inputs'
import { pipelineStages } from '@bina/pipeline/stages'
import { createReportCron, isPassing } from '@bina/report-cron/app'
import { createReportDesk } from '@bina/report-cron/report-desk'
import { createReportSources } from '@bina/report-cron/report-sources'
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
  readonly approvalWeeks?: number
  readonly integrityUnits?: readonly string[]
  /** Who is told what did not go out; nobody when absent. */
  readonly operator?: string
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
  const { kafka, clickhouse, calendar, policy, topicPrefix, publisher, log } = world
  const { clock, zone = 'Asia/Jakarta', cityProfile = 'office_5d', sessionTimeoutMs = 30_000 } = options
  const compose = { from: sender, replyTo: contact, attachPdf: false }
  const sources = createReportSources(
    { zone, cityProfile, dueMinute, contact, compose, integrityUnits: options.integrityUnits ?? [] },
    { clickhouse, calendar, policy, library: testActionLibrary, tools: {}, clock },
  )
  const store = createFoldedStore(clickhouse)
  const stages = pipelineStages(topicPrefix)
  const desk = createReportDesk(
    {
      deliver: { maxAttempts: 2, retryDelayMs: 1, atOnce: 1, takeOverMs: 5_000 },
      approvalWeeks: options.approvalWeeks ?? 0,
      operator: { operator: options.operator, from: sender, locale: 'en', zone },
      mailsPerDomainMinute: 0,
      mailDomain: 'palembang.example',
    },
    {
      ...sources,
      ledger,
      mailer,
      behind: (week, signal) =>
        createDataComplete(
          { zone, waitMs: 60_000 },
          {
            store,
            caughtUp: () => caughtUp(kafka, stages, { timeoutMs: 60_000, signal }),
            wait: (ms) => wait(ms, undefined, { signal }),
          },
        )(week),
      isPassing,
      wait: async () => {},
      clock,
      log,
    },
  )
  const metrics = createMetrics({ processMetrics: false })
  return createReportCron(
    { topicPrefix, zone, dueMinute, catchUpMs: 48 * 3_600_000, sessionTimeoutMs, stallExitMs: 120_000 },
    { kafka, publisher, ledger, ...desk, metrics, log, clock },
  )
}
