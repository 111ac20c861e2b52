import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickHouseClient, connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { eventTopics, type TopicName, topicName, topics } from '@bina/events/topics'
import { createKafkaAdmin, type KafkaAdmin } from '@bina/kafka/admin'
import { groups } from '@bina/pipeline/stages'
import { clickHouseSettings } from '@bina/runtime/settings'
import { type ServiceProcess, startService } from '../city/service-process.ts'
import type { CommandContext } from '../context.ts'
import { prepareServers } from '../prepare-servers.ts'
import type { Servers } from '../servers.ts'
import { withBenchServers } from './bench-servers.ts'

export interface BenchCity {
  readonly servers: Servers
  readonly admin: KafkaAdmin
  readonly topicPrefix: string
  /** Of its database. */
  readonly client: ClickHouseClient
  readonly logDir: string
  /** What its services start with. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Starts one of the real services as a process; it is stopped at the end. */
  readonly start: (service: 'sink-worker' | 'backfill-worker' | 'score-worker') => Promise<ServiceProcess>
}

/** Topics, groups and a database of its own on the servers that there are; all of it is gone afterwards. */
export async function withBenchCity(
  context: CommandContext,
  {
    name,
    partitions,
  }: { readonly name: string /** Of each event topic, when not the product's own. */; readonly partitions?: number },
  work: (city: BenchCity) => Promise<void>,
): Promise<void> {
  await withBenchServers(context, async (servers, known) => {
    const topicPrefix = `bench-${name}-${process.pid}.`
    const given = clickHouseSettings(servers.config, 'cli')
    const database = `${databaseOf(given.url)}_bench_${name}_${process.pid}`
    const url = `${new URL(given.url).origin}/${database}`
    const env = {
      ...known,
      CLICKHOUSE_URL: url,
      KAFKA_TOPIC_PREFIX: topicPrefix,
      LOG_LEVEL: 'info',
      OPERATIONS_PORT: '0',
    }
    const logDir = await mkdtemp(join(tmpdir(), `bina-bench-${name}-`))
    const admin = await createKafkaAdmin(servers.kafka)
    const client = connectClickHouse({ ...given, url })
    const started: ServiceProcess[] = []
    try {
      if (partitions !== undefined)
        await admin.createTopics(
          eventTopics.map((topic) => ({ name: topicName(topicPrefix, topic.name), partitions, config: topic.config })),
        )
      await prepareServers(env, context.progress)
      const start: BenchCity['start'] = async (service) => {
        const isHistory = service === 'backfill-worker'
        const running = await startService(
          service,
          { ...env, SINK_LANE: isHistory ? 'backfill' : 'live' },
          join(logDir, `${service}-${started.length}.log`),
          isHistory ? { program: 'sink-worker' } : {},
        )
        started.push(running)
        return running
      }
      await work({ servers, admin, topicPrefix, client, logDir, env, start })
    } finally {
      await Promise.all(started.map((service) => service.stop()))
      await client.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` })
      await client.close()
      await admin.deleteTopics(topics.map((topic) => topicName(topicPrefix, topic.name as TopicName)))
      for (const group of [groups.sink, groups.backfill, groups.fold, groups.judge, groups.follow, groups.area])
        await admin.deleteGroup(group(topicPrefix))
      await admin.close()
      await rm(logDir, { recursive: true, force: true })
    }
  })
}
