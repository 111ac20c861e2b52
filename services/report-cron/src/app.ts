import { isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { isPlainDate, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { topicName } from '@bina/events/topics'
import { type BatchConsumer, createBatchConsumer } from '@bina/kafka/batch-consumer'
import type { Kafka } from '@bina/kafka/connect'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import type { MessagePublisher } from '@bina/kafka/message-publisher'
import type { ReportLedger, ReportRun } from '@bina/pipeline/ports/report-ledger'
import { dueWeeks } from '@bina/pipeline/report/due-weeks'
import { groups } from '@bina/pipeline/stages'
import { runIdOf } from '@bina/reporting/run-id'
import type { Component } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { schedule } from 'node-cron'

export interface ReportCronConfig {
  readonly topicPrefix: string
  readonly zone: string
  readonly dueMinute: number
  readonly catchUpMs: number
  readonly sessionTimeoutMs: number
}

export interface ReportCronDeps {
  readonly kafka: Kafka
  readonly publisher: MessagePublisher
  readonly ledger: ReportLedger
  /** Makes the run of a week; `assertOwned` throws once another process has it. */
  readonly runWeek: (
    week: PlainDate,
    options: { readonly assertOwned: () => void; readonly retryRefused: boolean },
  ) => Promise<ReportRun>
  readonly metrics: Metrics
  readonly log: Logger
  readonly clock: () => number
}

class NotOwned extends Error {}

/** Each doorbell puts the weeks that have no finished run into a topic of one partition: whoever holds it makes the run. */
export function createReportCron(
  config: ReportCronConfig,
  deps: ReportCronDeps,
): { readonly components: readonly Component[]; readonly consumer: BatchConsumer } {
  const { log, clock } = deps
  const topic = topicName(config.topicPrefix, 'bina.report-due.v1')
  const runs = deps.metrics.counter('report_runs_total', 'Report runs that ended, by state', ['state'])
  const lastSuccess = deps.metrics.gauge(
    'report_last_success_timestamp_seconds',
    'When a run last finished without a failure, Unix time',
  )
  const deliveries = deps.metrics.counter('report_deliveries_total', 'Mails of the runs that ended, by state', [
    'state',
  ])

  const ring = async () => {
    for (const week of dueWeeks(config, clock())) {
      const run = await deps.ledger.run(runIdOf(week))
      if (run?.state === 'finished') continue
      // Rung by nobody: whoever a mail server refused for good is not tried every ten minutes.
      await deps.publisher.publish([{ topic, key: week, value: JSON.stringify({ week, byItself: true }) }])
    }
  }
  const ringOrWarn = () =>
    ring().catch((error: unknown) => log.warn({ err: error }, 'the doorbell did not ring, it will next time'))

  const consumer = createBatchConsumer(
    {
      groupId: groups.report(config.topicPrefix),
      topics: [topic],
      maxRows: 1,
      maxBytes: 1_000_000,
      maxWaitMs: 20,
      sessionTimeoutMs: config.sessionTimeoutMs,
    },
    {
      kafka: deps.kafka,
      log,
      isRetryable: (error) => isPassingClickHouseError(error) || isPassingKafkaError(error),
      handle: async (batch) => {
        for (const { value, partition } of batch) {
          const doorbell = readDoorbell(value)
          if (doorbell === undefined) {
            log.warn({ partition }, 'a doorbell without a week was passed over')
            continue
          }
          const { week, byItself } = doorbell
          const assertOwned = () => {
            if (!consumer.holds(topic, partition))
              throw new NotOwned(`the run of ${week} belongs to another process now`)
          }
          try {
            const before = await deps.ledger.run(runIdOf(week))
            const run = await deps.runWeek(week, { assertOwned, retryRefused: !byItself })
            if (run.dataCompleteUntilMs === before?.dataCompleteUntilMs) {
              log.debug({ week, state: run.state }, 'the run had ended before, nothing was left to send')
              continue
            }
            runs.inc({ state: run.state })
            for (const [state, field] of counted)
              deliveries.inc({ state }, Math.max(0, run[field] - (before?.[field] ?? 0)))
            if (run.state === 'finished') lastSuccess.set(clock() / 1000)
            const { state, delivered, failed, suppressed, cause } = run
            log.info({ week, state, delivered, failed, suppressed, cause }, 'report run ended')
          } catch (error) {
            if (!(error instanceof NotOwned)) throw error
            log.warn({ week }, error.message)
          }
        }
      },
    },
  )
  const minute = config.dueMinute % 60
  const hour = Math.floor(config.dueMinute / 60)
  let stopTasks: () => Promise<void> = async () => {}
  const doorbell: Component = {
    name: 'doorbell',
    start: async () => {
      const options = { timezone: config.zone, noOverlap: true }
      // The second one makes up for a Monday that was missed, and tries again what was held.
      const tasks = [
        schedule(`${minute} ${hour} * * 1`, ringOrWarn, options),
        schedule('*/10 * * * *', ringOrWarn, options),
      ]
      stopTasks = async () => {
        for (const task of tasks) await task.destroy()
      }
      await ringOrWarn()
    },
    stop: () => stopTasks(),
  }
  return { components: [consumer, doorbell], consumer }
}

const counted = [
  ['sent', 'delivered'],
  ['failed', 'failed'],
  ['suppressed', 'suppressed'],
] as const

function readDoorbell(value: Buffer | null): { readonly week: PlainDate; readonly byItself: boolean } | undefined {
  try {
    const { week, byItself } = JSON.parse(value?.toString('utf8') ?? '') as { week?: unknown; byItself?: unknown }
    const isWeek = typeof week === 'string' && isPlainDate(week) && mondayOf(week) === week
    return isWeek ? { week, byItself: byItself === true } : undefined
  } catch {
    return undefined // not ours: the caller says so
  }
}
