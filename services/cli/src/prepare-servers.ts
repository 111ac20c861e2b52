import { type Migrated, migrate } from '@bina/clickhouse/migrate'
import { type TopicName, topicName, topics } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { connectKafka } from '@bina/kafka/connect'
import type { Progress } from '@bina/local-stack/progress'
import { type Environment, readConfig } from '@bina/runtime/config'
import { createLogger } from '@bina/runtime/logger'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { serverVariables } from './variables.ts'

/** Tables and topics. Applied again on every start: what is there stays as it is. */
export async function prepareServers(env: Environment, progress: Progress): Promise<Migrated> {
  const config = readConfig(serverVariables, env)
  const tables = progress.step('Laying out tables')
  const migrated = await migrate(clickHouseSettings(config, 'migrate'), {
    zone: config.BINA_TIMEZONE,
    onStep: (name) => tables.update(0, name),
  })
  const { applied, incomplete } = migrated
  tables.done(applied.length === 0 ? 'all there' : `${applied.length} migrations applied`)
  if (incomplete.length > 0) progress.line(rebuildNeeded(incomplete))
  const step = progress.step('Creating topics')
  const admin = await createKafkaAdmin(
    connectKafka(kafkaSettings(config, 'migrate'), { log: createLogger({ service: 'cli', level: 'silent' }) }),
  )
  try {
    const created = await admin.createTopics(
      topics.map(({ name, partitions, config: settings }) => ({
        name: topicName(config.KAFKA_TOPIC_PREFIX, name as TopicName),
        partitions,
        config: settings,
      })),
    )
    step.done(created.length === 0 ? 'all there' : `${created.length} created`)
  } finally {
    await admin.close()
  }
  return migrated
}

/** What new columns mean for rows from before, and what to type next. */
export const rebuildNeeded = (tables: readonly string[]) =>
  `New columns were laid in ${tables.join(', ')}. Rows from before have nothing in them, so that past weeks miss what is counted from them, until every figure is worked out anew. Once the workers run: npx bina score rebuild`
