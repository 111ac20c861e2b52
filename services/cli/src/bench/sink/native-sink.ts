import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { statementsOf } from '@bina/clickhouse/migrate'
import { selectRows } from '@bina/clickhouse/select-rows'
import { eventTopics } from '@bina/events/topics'
import type { CommandContext } from '../../context.ts'
import { untilCountable } from './countable.ts'
import type { TimedSink } from './own-sink.ts'

export interface NativeSinkOptions {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
  readonly group: string
  readonly zone: string
  readonly events: number
  readonly onProgress: (rows: number) => void
}

const lookEveryMs = 50

/** ClickHouse's Kafka engine with a view that extracts, from the view's CREATE until every event is countable. In a database that is
 *  migrated already; its table, `native_event`, stays. */
export async function runNativeSink(
  client: ClickHouseClient,
  options: NativeSinkOptions,
  { signal }: Pick<CommandContext, 'signal'>,
): Promise<TimedSink> {
  const statements = nativeStatements(options)
  const view = statements.at(-1)
  if (view === undefined) throw new Error('native-engine.sql has no statements')
  for (const query of statements.slice(0, -1)) await client.command({ query })
  const startMs = performance.now()
  const looking = new AbortController()
  try {
    await client.command({ query: view })
    const joined = untilJoined(client, AbortSignal.any([signal, looking.signal]))
    // Told below, unless the run ends before anybody asks.
    joined.catch(() => {})
    const { firstRowMs, lastRowMs } = await untilCountable(
      client,
      { table: 'native_event', view: 'native_event FINAL', events: options.events },
      { onProgress: options.onProgress, alive: () => {}, signal },
    )
    return {
      seconds: (lastRowMs - startMs) / 1000,
      joinSeconds: ((await joined) - startMs) / 1000,
      firstRowSeconds: (firstRowMs - startMs) / 1000,
      coreSeconds: {},
    }
  } finally {
    looking.abort()
    await client.command({ query: 'DROP TABLE IF EXISTS native_view SYNC' })
    await client.command({ query: 'DROP TABLE IF EXISTS native_queue SYNC' })
  }
}

/** The statements of native-engine.sql for this run; the last one sets it going. */
export function nativeStatements(options: Omit<NativeSinkOptions, 'events' | 'onProgress'>): readonly string[] {
  const names = eventTopics.map(({ name }) => name)
  const values: Readonly<Record<string, string>> = {
    brokers: options.brokers.join(','),
    topics: names.map((name) => options.topicPrefix + name).join(','),
    group: options.group,
    zone: options.zone,
    prefixLength: String(options.topicPrefix.length),
    ranks: `[${names
      .toSorted()
      .map((name) => `'${name}'`)
      .join(', ')}]`,
  }
  const sql = readFileSync(new URL('native-engine.sql', import.meta.url), 'utf8')
  return statementsOf(sql.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? missing(name)))
}

function missing(name: string): never {
  throw new Error(`native-engine.sql asks for {{${name}}}, which nobody gives`)
}

async function untilJoined(client: ClickHouseClient, signal: AbortSignal): Promise<number> {
  for (;;) {
    const askedMs = performance.now()
    const [row] = await selectRows<{ given: number }>(
      client,
      `SELECT sum(length(assignments.topic)) AS given FROM system.kafka_consumers
        WHERE database = currentDatabase() AND table = 'native_queue'`,
    )
    if ((row?.given ?? 0) > 0) return askedMs
    await wait(lookEveryMs, undefined, { signal })
  }
}
