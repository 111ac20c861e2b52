import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { migrate } from '@bina/clickhouse/migrate'
import { eventTopics, type TopicName, topicName, topics } from '@bina/events/topics'
import { createKafkaAdmin, type KafkaAdmin } from '@bina/kafka/admin'
import { groups } from '@bina/pipeline/stages'
import { clickHouseSettings } from '@bina/runtime/settings'
import { withBenchServers } from '../bench/bench-servers.ts'
import { checksumOf } from '../bench/sink/countable.ts'
import { runNativeSink } from '../bench/sink/native-sink.ts'
import { balanceOf, runOwnSink } from '../bench/sink/own-sink.ts'
import { coreSecondsOf, processListeningOn } from '../bench/sink/process-time.ts'
import { publishSinkLoad, type SinkLoad } from '../bench/sink/sink-load.ts'
import { rateOf, ratiosOf, type SinkRun } from '../bench/sink/sink-run.ts'
import { thisMachine } from '../bench/this-machine.ts'
import type { CommandContext } from '../context.ts'
import type { Servers } from '../servers.ts'

export interface BenchSinkOptions {
  readonly events: number
  readonly pairs: number
  readonly workers: number
  readonly partitions: number
}

/** How fast events get from Kafka into `events`, against ClickHouse's own Kafka engine on the same broker's data, in turns. Its topics, groups
 *  and databases are its own, and are dropped at the end. */
export async function benchSink(context: CommandContext, options: BenchSinkOptions): Promise<void> {
  await withBenchServers(context, async (servers, env) => {
    const topicPrefix = `bench-sink-${process.pid}.`
    const logDir = await mkdtemp(join(tmpdir(), 'bina-bench-sink-'))
    const admin = await createKafkaAdmin(servers.kafka)
    const names = topics.map(({ name }) => topicName(topicPrefix, name as TopicName))
    const bench: Bench = { context, servers, env, admin, topicPrefix, logDir, options }
    try {
      await admin.createTopics(
        topics.map(({ name, config, partitions }) => ({
          name: topicName(topicPrefix, name as TopicName),
          partitions: eventTopics.some((topic) => topic.name === name) ? options.partitions : partitions,
          config,
        })),
      )
      const load = await publishSinkLoad(servers, { topicPrefix, messages: options.events }, context)
      const runs: (SinkRun & Readonly<Record<string, unknown>>)[] = []
      for (let pair = 1; pair <= options.pairs; pair++) {
        // Who begins changes from pair to pair: what the first leaves in caches is the second's.
        const engines = pair % 2 === 1 ? (['bina', 'native'] as const) : (['native', 'bina'] as const)
        for (const engine of engines) runs.push(await runOnce(bench, load, engine, pair))
      }
      const result = {
        machine: {
          ...thisMachine(),
          load: loadavg(),
        },
        load: { ...load, pairs: options.pairs, workers: options.workers, partitions: options.partitions },
        bina: rateOf(runs.filter(({ engine }) => engine === 'bina')),
        native: rateOf(runs.filter(({ engine }) => engine === 'native')),
        ratios: ratiosOf(runs),
        /** Every run left the same rows. */
        rowsAgree: new Set(runs.map(({ checksum }) => checksum)).size === 1,
        runs,
      }
      context.say(JSON.stringify(result, undefined, 2))
      context.answer(result)
    } finally {
      await admin.deleteTopics(names)
      await admin.close()
      await rm(logDir, { recursive: true, force: true })
    }
  })
}

interface Bench {
  readonly context: CommandContext
  readonly servers: Servers
  readonly env: NodeJS.ProcessEnv
  readonly admin: KafkaAdmin
  readonly topicPrefix: string
  readonly logDir: string
  readonly options: BenchSinkOptions
}

/** One run in a database of its own and with a group that has committed nothing; both are gone afterwards. */
async function runOnce(bench: Bench, load: SinkLoad, engine: SinkRun['engine'], pair: number) {
  const { context, servers, topicPrefix, options } = bench
  const { config, zone } = servers
  context.signal.throwIfAborted()
  const given = clickHouseSettings(config, 'cli')
  const database = `${databaseOf(given.url)}_bench_sink_${process.pid}`
  const settings = { ...given, url: `${new URL(given.url).origin}/${database}` }
  const group = engine === 'bina' ? groups.sink(topicPrefix) : `${topicPrefix}native-${pair}`
  const step = context.progress.step(`Pair ${pair} of ${options.pairs}: ${engine}`, load.events)
  const onProgress = (rows: number) => step.update(Math.min(rows, load.events), `${rows} rows`)
  await migrate(settings, { zone })
  const client = connectClickHouse(settings)
  try {
    const touchedTopic = topicName(topicPrefix, 'bina.touched.v1')
    const touchedBefore = await bench.admin.messagesIn(touchedTopic)
    const servers0 = serverSeconds(config.KAFKA_BROKERS, given.url)
    const timed =
      engine === 'bina'
        ? await runOwnSink(
            client,
            {
              workers: options.workers,
              events: load.events,
              env: {
                ...bench.env,
                CLICKHOUSE_URL: settings.url,
                KAFKA_TOPIC_PREFIX: topicPrefix,
                LOG_LEVEL: 'info',
                OPERATIONS_PORT: '0',
              },
              logDir: join(bench.logDir, String(pair)),
              onProgress,
            },
            context,
          )
        : await runNativeSink(
            client,
            { brokers: config.KAFKA_BROKERS, topicPrefix, group, zone, events: load.events, onProgress },
            context,
          )
    const spent = Object.entries(serverSeconds(config.KAFKA_BROKERS, given.url)).map(([name, seconds]) => {
      const before = servers0[name]
      return [name, seconds === undefined || before === undefined ? undefined : seconds - before] as const
    })
    const checksum = await checksumOf(client, engine === 'bina' ? 'event_store' : 'native_event')
    const proof =
      engine === 'bina'
        ? {
            balance: await balanceOf(client),
            touchedMessages: (await bench.admin.messagesIn(touchedTopic)) - touchedBefore,
          }
        : {}
    step.done(`${timed.seconds.toFixed(2)} s, of which ${timed.joinSeconds.toFixed(2)} s to join`)
    return {
      engine,
      pair,
      ...timed,
      coreSeconds: { ...timed.coreSeconds, ...Object.fromEntries(spent) },
      events: load.messages,
      checksum,
      ...proof,
    }
  } catch (error) {
    step.fail()
    throw error
  } finally {
    await client.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` })
    await client.close()
    // The native engine does not say that it leaves, and a group with a member cannot be forgotten: without its topics it goes by itself.
    if (engine === 'bina') await bench.admin.deleteGroup(group)
  }
}

/** Of the servers as long as they run on this machine. */
function serverSeconds(
  brokers: readonly string[],
  clickHouseUrl: string,
): Readonly<Record<string, number | undefined>> {
  const at = (address: string, fallback: number) => {
    const url = new URL(address)
    const isHere = ['127.0.0.1', 'localhost'].includes(url.hostname)
    return isHere ? coreSecondsOf(processListeningOn(Number(url.port) || fallback)) : undefined
  }
  const broker = brokers.length === 1 ? at(`http://${brokers[0]}`, 9092) : undefined
  return { broker, clickhouse: at(clickHouseUrl, 8123) }
}
