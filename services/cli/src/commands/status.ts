import { connectClickHouse } from '@bina/clickhouse/connect'
import { silentSources } from '@bina/clickhouse/source-log'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { connectKafka } from '@bina/kafka/connect'
import { pipelineStages } from '@bina/pipeline/stages'
import { createLogger } from '@bina/runtime/logger'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { readiness } from '../city/readiness.ts'
import { shownEnvironment } from '../city/shown-environment.ts'
import { stackFileOf } from '../city/stack-file.ts'
import type { CommandContext } from '../context.ts'
import { localTime } from '../local-time.ts'
import { dataDirOf, readServers } from '../variables.ts'

/** What runs here, whether it makes progress, and how far each step is behind. */
export async function status(context: CommandContext): Promise<void> {
  const file = stackFileOf(dataDirOf(context.env))
  const stack = file.read()
  const ended = stack === undefined ? file.readEnd() : undefined
  const services = await Promise.all(
    (stack?.services ?? []).map(async ({ name, pid, address }) => ({
      name,
      pid,
      address,
      ...(await readiness(address)),
    })),
  )
  if (stack?.ingestUrl !== undefined)
    context.say(`  events over HTTP: ${stack.ingestUrl}/v1/events (new at every start, unless INGEST_PORT is set)`)
  if (stack?.portalUrl !== undefined) context.say(`  pages of the reports' links: ${stack.portalUrl}`)
  if (ended !== undefined)
    context.say(`The local stack is down since ${ended.endedAt}, though nobody told it to end: ${ended.reason}`)
  const given = context.env.KAFKA_BROKERS !== undefined
  if (stack === undefined && given) context.say('No local stack runs here. On the servers given:')
  else if (stack === undefined) context.say('Nothing runs here. Start it with: npx bina up')
  else context.say(`Bina runs since ${stack.startedAt} (process ${stack.pid}).`)
  for (const { name, pid, address, ready, reasons } of services)
    context.say(`  ${name.padEnd(16)} ${ready ? 'ready' : `not ready: ${reasons}`}  (process ${pid}, ${address})`)
  if (stack === undefined && !given) {
    context.answer({ running: false, ended })
    return
  }
  const config = readServers(context.env)
  const kafka = connectKafka(kafkaSettings(config, 'status'), {
    log: createLogger({ service: 'cli', level: 'silent' }),
  })
  const admin = await createKafkaAdmin(kafka)
  try {
    const lags: { group: string; behind: number }[] = []
    for (const { groupId, topics } of pipelineStages(config.KAFKA_TOPIC_PREFIX)) {
      const behind = (await admin.lagOf(groupId, topics)).reduce((sum, { lag }) => sum + lag, 0)
      lags.push({ group: groupId, behind })
      context.say(`  ${groupId.padEnd(16)} ${behind === 0 ? 'caught up' : `${behind} messages behind`}`)
    }
    const silent = await silentNow(config)
    for (const { source, topic, lastArrivalMs } of silent ?? [])
      context.say(
        `  ${source} is silent on ${topic} since ${localTime(config.BINA_TIMEZONE, lastArrivalMs).slice(0, 16)}`,
      )
    context.answer({
      running: stack !== undefined,
      ended,
      pid: stack?.pid,
      environment: stack && shownEnvironment(stack.environment),
      ingestUrl: stack?.ingestUrl,
      portalUrl: stack?.portalUrl,
      services,
      lags,
      silentSources: silent,
    })
  } finally {
    await admin.close()
  }
}

/** Sources that send nothing for longer than their habit; undefined where ClickHouse cannot say: `bina doctor` tells why. */
async function silentNow(config: ReturnType<typeof readServers>) {
  const client = connectClickHouse(clickHouseSettings(config, 'status'))
  try {
    return await silentSources(client, Date.now())
  } catch {
    return undefined
  } finally {
    await client.close()
  }
}
