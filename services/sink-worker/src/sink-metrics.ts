import { deadLetterReasons } from '@bina/events/dead-letter-reason'
import type { WatchedPartition } from '@bina/kafka/lag-watch'
import type { ReceivedMessage } from '@bina/kafka/received-message'
import type { TopicBalance } from '@bina/pipeline/store/watch-balance'
import { createBoundedNames } from '@bina/runtime/bounded-names'
import type { Metrics } from '@bina/runtime/metrics'

const mostSourcesNamed = 20

/** Who was waited for. */
export type AwaitedServer = 'clickhouse' | 'kafka'

/** What the sink worker tells of itself; docs/operations.md explains each. */
export function createSinkMetrics(
  metrics: Metrics,
  { topics, clock }: { readonly topics: readonly string[]; readonly clock: () => number },
) {
  const settled = metrics.counter(
    'sink_settled_messages_total',
    'Messages settled since the start, by outcome and topic; redelivered ones count again',
    ['outcome', 'topic'],
  )
  const lag = metrics.gauge(
    'sink_consumer_lag_messages',
    'Messages in Kafka that are not stored and committed yet, by topic and partition; every worker tells of all partitions',
    ['topic', 'partition'],
  )
  const oldest = metrics.gauge(
    'sink_oldest_unstored_seconds',
    'For how long at least the oldest message that is not stored has been waiting, by topic and partition',
    ['topic', 'partition'],
  )
  const lagReadAt = metrics.gauge(
    'sink_lag_read_timestamp_seconds',
    'When Kafka last said how far the sink is behind, Unix time',
  )
  const insertSeconds = metrics.histogram(
    'sink_insert_seconds',
    'Time of one insert into ClickHouse',
    [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  )
  const insertRows = metrics.histogram(
    'sink_insert_rows',
    'Rows of one insert',
    [1, 10, 100, 1_000, 5_000, 20_000, 100_000],
  )
  const insertBytes = metrics.histogram(
    'sink_insert_bytes',
    'Bytes of the keys and values of one insert, as they came from Kafka',
    [1_000, 10_000, 100_000, 1_000_000, 4_000_000, 16_000_000, 64_000_000],
  )
  const queryableSeconds = metrics.histogram(
    'sink_event_to_queryable_seconds',
    'Time of an event from its Kafka record timestamp until ClickHouse has answered its insert; redelivered ones count again',
    [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
  )
  const waits = metrics.counter(
    'sink_waits_total',
    'Tries that failed because ClickHouse or Kafka was away, by server; the batch is kept and tried again',
    ['server'],
  )
  const waiting = metrics.gauge(
    'sink_waiting_seconds',
    'For how long the batch in hand has been waiting for a server, as of its last try; 0 when none waits',
    ['server'],
  )
  const pauseSeconds = metrics.histogram(
    'sink_pause_seconds',
    'Length of each pause that is over, by cause: buffer_full (fetching waited for room), clickhouse or kafka (a batch waited for the server), live_first or rate_limit (history waited for its turn)',
    [0.01, 0.1, 1, 10, 60, 600, 3_600],
    ['cause'],
  )
  const conflicts = metrics.counter(
    'sink_conflicting_messages_total',
    'Messages set aside by the sweep, since an earlier one has their identity and says something else',
    ['topic'],
  )
  const sweptAt = metrics.gauge(
    'sink_sweep_timestamp_seconds',
    'When a sweep last came to its end in this process, Unix time; only the worker that holds the first partition sweeps',
  )
  const balance = metrics.gauge(
    'sink_balance_messages',
    'Messages since the balance is watched, by topic and kind: received = stored + duplicates + dead_lettered + in_flight, and missing is 0; only the worker that holds the first partition tells',
    ['topic', 'kind'],
  )
  const balanceAt = metrics.gauge(
    'sink_balance_timestamp_seconds',
    'When the balance was last reckoned in this process, Unix time',
  )
  const duplicates = metrics.counter(
    'sink_duplicates_total',
    'Messages that repeat an event of another offset, found when the balance is reckoned, by source; at most twenty are named, the rest are other',
    ['source'],
  )
  const sourceLabel = createBoundedNames(mostSourcesNamed)
  // From nothing, so that the first one of its kind is an increase to whoever watches.
  for (const topic of topics) {
    conflicts.inc({ topic }, 0)
    for (const outcome of ['event', ...deadLetterReasons]) settled.inc({ outcome, topic }, 0)
  }
  let awaited: AwaitedServer = 'clickhouse'

  return {
    settled: (outcome: string, topic: string, messages: number) => settled.inc({ outcome, topic }, messages),
    took: (batch: readonly ReceivedMessage[]) =>
      insertBytes.observe(batch.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0)),
    /** `recordsAtMs` are the record timestamps of the events among the rows. */
    inserted: (batch: { readonly rows: number; readonly recordsAtMs: readonly number[] }, startedAtMs: number) => {
      insertSeconds.observe((performance.now() - startedAtMs) / 1000)
      insertRows.observe(batch.rows)
      const nowMs = clock()
      // The broker's clock may be ahead of ours.
      for (const recordAtMs of batch.recordsAtMs) queryableSeconds.observe(Math.max(0, nowMs - recordAtMs) / 1000)
    },
    waits: (server: AwaitedServer, waitedMs: number) => {
      awaited = server
      waits.inc({ server })
      waiting.set({ server }, waitedMs / 1000)
    },
    paused: (cause: 'waited' | 'full', pausedMs: number) => {
      pauseSeconds.observe({ cause: cause === 'full' ? 'buffer_full' : awaited }, pausedMs / 1000)
      if (cause === 'waited') waiting.reset()
    },
    yielded: (cause: 'live_first' | 'rate_limit', pausedMs: number) => pauseSeconds.observe({ cause }, pausedMs / 1000),
    lag: (partitions: readonly WatchedPartition[]) => {
      for (const { topic, partition, lag: messages, oldestWaitMs } of partitions) {
        lag.set({ topic, partition: String(partition) }, messages)
        oldest.set({ topic, partition: String(partition) }, oldestWaitMs / 1000)
      }
      lagReadAt.set(clock() / 1000)
    },
    conflict: (topic: string) => conflicts.inc({ topic }),
    swept: () => sweptAt.set(clock() / 1000),
    balance: (topics: readonly TopicBalance[], newDuplicates: ReadonlyMap<string, number>) => {
      for (const { topic, received, stored, duplicates: repeated, deadLettered, inFlight, missing } of topics) {
        balance.set({ topic, kind: 'received' }, received)
        balance.set({ topic, kind: 'stored' }, stored)
        balance.set({ topic, kind: 'duplicates' }, repeated)
        balance.set({ topic, kind: 'dead_lettered' }, deadLettered)
        balance.set({ topic, kind: 'in_flight' }, inFlight)
        balance.set({ topic, kind: 'missing' }, missing)
      }
      for (const [source, messages] of newDuplicates) duplicates.inc({ source: sourceLabel(source) }, messages)
      balanceAt.set(clock() / 1000)
    },
    /** Another worker reckons now; what this one knew last must not stand beside it. */
    noBalance: () => {
      balance.reset()
      balanceAt.reset()
    },
  }
}
