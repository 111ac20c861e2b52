import { isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { topicName } from '@bina/events/topics'
import { type BatchConsumer, createBatchConsumer } from '@bina/kafka/batch-consumer'
import type { Kafka } from '@bina/kafka/connect'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import type { MessagePublisher } from '@bina/kafka/message-publisher'
import { createProgressWatch } from '@bina/kafka/progress-watch'
import type { ReportLedger } from '@bina/pipeline/ports/report-ledger'
import { createGiveUpRun } from '@bina/pipeline/report/give-up-run'
import { groups } from '@bina/pipeline/stages'
import { type Component, together } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import { schedule } from 'node-cron'
import { type AnswerDeps, createAnswerDoorbell, NotOwnedError } from './answer-doorbell.ts'
import { encodeDoorbell } from './doorbell.ts'
import { createRingDoorbell, type RingConfig } from './ring-doorbell.ts'

export interface ReportCronConfig extends RingConfig {
  readonly topicPrefix: string
  readonly sessionTimeoutMs: number
  readonly stallExitMs: number
}

export interface ReportCronDeps extends Omit<AnswerDeps, 'giveUp'> {
  readonly ledger: ReportLedger
  readonly kafka: Kafka
  readonly publisher: Pick<MessagePublisher, 'publish'>
  readonly log: Logger
}

export interface ReportCron {
  readonly component: Component
  readonly consumer: BatchConsumer
  readonly failed: Promise<never>
  readonly ready: Readonly<Record<string, () => string | undefined>>
}

/** A run over a nation's units takes an hour at twenty mails a second, and some at the pace of one domain; who takes it over goes on after the
 *  last mail that was marked. */
const runMayLastMs = 6 * 3_600_000

/** Whether waiting may help. */
export const isPassing = (error: unknown) => isPassingClickHouseError(error) || isPassingKafkaError(error)

/** Each doorbell puts the weeks that have no finished run into a topic of one partition: whoever holds it makes the run. */
export function createReportCron(config: ReportCronConfig, deps: ReportCronDeps): ReportCron {
  const { log, kafka, ledger, clock } = deps
  const topic = topicName(config.topicPrefix, 'bina.report-due.v1')
  const ring = createRingDoorbell(config, {
    ledger,
    publish: (doorbell) => deps.publisher.publish([{ topic, key: doorbell.week, value: encodeDoorbell(doorbell) }]),
    clock,
  })
  const ringOrWarn = () =>
    ring().catch((error: unknown) => log.warn({ err: error }, 'the doorbell did not ring, it will next time'))
  const answer = createAnswerDoorbell(config, { ...deps, giveUp: createGiveUpRun(config, { ledger, clock }) })
  const group = {
    groupId: groups.report(config.topicPrefix),
    topics: [topic],
    sessionTimeoutMs: config.sessionTimeoutMs,
  }
  const consumer = createBatchConsumer(
    { ...group, maxRows: 1, maxBytes: 1_000_000, maxWaitMs: 20 },
    {
      kafka,
      log,
      // Who does not hold a run now waits for the heartbeat that says so again, or for the partition to go elsewhere.
      isRetryable: (error) => isPassing(error) || error instanceof NotOwnedError,
      handle: async (batch, signal) => {
        for (const { value, partition } of batch)
          await answer(value, { holds: () => consumer.holds(topic, partition), signal })
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
  const watch = createProgressWatch(
    { ...group, stallExitMs: config.stallExitMs, workMayLastMs: runMayLastMs },
    { kafka, consumer, log },
  )
  const failed = Promise.race([consumer.failed, watch.failed])
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained
  return {
    component: together('report-cron', [consumer, watch, doorbell]),
    consumer,
    failed,
    ready: { consumer: consumer.ready, progress: watch.ready },
  }
}
