import { isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import type { GroupStandings } from '@bina/kafka/group-standings'
import { createLagWatch } from '@bina/kafka/lag-watch'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { createTicker } from '@bina/runtime/ticker'

export interface WatchStepDeps {
  readonly standings: GroupStandings
  readonly metrics: Metrics
  readonly log: Logger
}

/** Tells in the metrics how far each step is behind, and how often it waited for a server. */
export function createWatchStep(config: { readonly everyMs: number }, { standings, metrics, log }: WatchStepDeps) {
  const lag = metrics.gauge(
    'score_consumer_lag_messages',
    'Messages that a step has not worked off and committed yet, by topic and partition; every worker tells of all partitions',
    ['step', 'topic', 'partition'],
  )
  const oldest = metrics.gauge(
    'score_oldest_unworked_seconds',
    'For how long at least the oldest message that a step has not worked off has been waiting, by topic and partition',
    ['step', 'topic', 'partition'],
  )
  const readAt = metrics.gauge(
    'score_lag_read_timestamp_seconds',
    'When Kafka last said how far a step is behind, Unix time',
    ['step'],
  )
  const waits = metrics.counter(
    'score_waits_total',
    'Tries that failed because ClickHouse or Kafka was away, by step and server; the batch is kept and tried again',
    ['step', 'server'],
  )
  const waiting = metrics.gauge(
    'score_waiting_seconds',
    'For how long the batch in hand has been waiting for a server, as of its last try; 0 when none waits',
    ['step'],
  )
  return (step: string, group: { readonly groupId: string; readonly topics: readonly string[] }) => {
    // Record timestamps and waits go by the world's time, whatever the city's clock says.
    const clock = Date.now
    const watch = createLagWatch(group, { standings, clock })
    const tick = async () => {
      for (const { topic, partition, lag: messages, oldestWaitMs } of await watch.look()) {
        lag.set({ step, topic, partition: String(partition) }, messages)
        oldest.set({ step, topic, partition: String(partition) }, oldestWaitMs / 1000)
      }
      readAt.set({ step }, clock() / 1000)
    }
    return {
      took: watch.took,
      hooks: {
        onWait: (error: unknown, waitedMs: number) => {
          waits.inc({ step, server: isPassingClickHouseError(error) ? 'clickhouse' : 'kafka' })
          waiting.set({ step }, waitedMs / 1000)
        },
        onPause: (cause: 'waited' | 'full') => {
          if (cause === 'waited') waiting.set({ step }, 0)
        },
      },
      ticker: createTicker({ name: `lag watch of ${step}`, everyMs: config.everyMs, holds: () => true }, { tick, log }),
    }
  }
}
