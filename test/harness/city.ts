import { connectClickHouse } from '@bina/clickhouse/connect'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createJudgeStores } from '@bina/clickhouse/judge-stores'
import { migrate } from '@bina/clickhouse/migrate'
import { createSourceLog } from '@bina/clickhouse/source-log'
import { createWorkCalendar } from '@bina/domain/calendar'
import { type Lane, type TopicName, topicName, topics } from '@bina/events/topics'
import { createKafkaAdmin } from '@bina/kafka/admin'
import { caughtUp } from '@bina/kafka/caught-up'
import { connectKafka } from '@bina/kafka/connect'
import { createEventPublisher, type EventToPublish } from '@bina/kafka/event-publisher'
import { createGroupStandings } from '@bina/kafka/group-standings'
import { createMessagePublisher, type OutgoingMessage } from '@bina/kafka/message-publisher'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { createPolicyWatch } from '@bina/pipeline/policy/policy-watch'
import { createRefuseNewerRules } from '@bina/pipeline/policy/refuse-newer-rules'
import { createWatchSources } from '@bina/pipeline/quality/watch-sources'
import { createCityClock } from '@bina/pipeline/score/city-clock'
import { createJudges } from '@bina/pipeline/score/create-judges'
import { createFoldTouched } from '@bina/pipeline/score/fold-touched'
import { pipelineStages } from '@bina/pipeline/stages'
import { startAll } from '@bina/runtime/lifecycle'
import { loadPolicy } from '@bina/runtime/load-policy'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createScoreWorker } from '@bina/score-worker/app'
import { type CityNames, freshNames } from '@bina/testkit/test-city'
import { testSink, testSweep } from './test-sink.ts'

export interface TestCityOptions {
  readonly brokers: string
  readonly clickhouseUrl: string
  readonly clock: () => number
  readonly zone?: string
  readonly cityProfile?: string
  readonly sinkWorkers?: number
  readonly scoreWorkers?: number
  /** Limits of the sink-workers' batches; the product's own when absent. */
  readonly maxRows?: number
  readonly maxBytes?: number
  /** The product's own when absent. */
  readonly sweepEveryMs?: number
  /** How often the workers look at the city's clock: far more often than the product does when absent, so that no test waits for it. */
  readonly clockEveryMs?: number
  readonly logLevel?: string
  /** Folder of the rules; the product's own when absent. */
  readonly policyDir?: string
  /** Of a city that was stopped with its data kept: the workers start anew on them. */
  readonly names?: CityNames
}

/** The real workers in this process, on real servers, under names of their own and the test's clock. */
export async function startTestCity(options: TestCityOptions) {
  const { clock, zone = 'Asia/Jakarta', cityProfile = 'office_5d', sinkWorkers = 1, scoreWorkers = 1 } = options
  const { topicPrefix, database } = options.names ?? freshNames()
  const log = createLogger({ service: 'test', level: options.logLevel ?? 'silent' })
  const settings = {
    url: `${options.clickhouseUrl}/${database}`,
    user: 'default',
    password: '',
    application: 'bina-test',
  }
  const kafka = connectKafka({ brokers: options.brokers.split(','), clientId: 'bina-test' }, { log })
  await migrate(settings, { zone })
  const admin = await createKafkaAdmin(kafka)
  await admin.createTopics(
    topics.map(({ name, partitions, config }) => ({ name: topicPrefix + name, partitions, config })),
  )
  await admin.close()
  const policy = await loadPolicy(options.policyDir ?? 'policy')
  const clickhouse = connectClickHouse(settings)
  const publisher = await createMessagePublisher(kafka)
  // What tests tell the city is counted: a send that is tried again must not become a second message.
  const teller = await createMessagePublisher({
    producer: (config) => kafka.producer({ ...config, retry: { retries: 8 }, idempotent: true }),
  })
  const touches = createTouchPublisher(publisher, { topicPrefix })
  const entityLog = createEntityLog(clickhouse)
  const store = createFoldedStore(clickhouse)
  const stores = createJudgeStores(clickhouse, { zone })
  const { facts, policyLog } = stores
  const history = policy.history.map(({ version }) => version)
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const world = { kafka, clickhouse, publisher, topicPrefix, zone, clock, log }
  const sinks = Array.from({ length: sinkWorkers }, () => testSink(world, options))
  const scorers = Array.from({ length: scoreWorkers }, () =>
    createScoreWorker(
      {
        topicPrefix,
        maxWaitMs: 250,
        sessionTimeoutMs: 30_000,
        stallExitMs: 120_000,
        clockEveryMs: options.clockEveryMs ?? 500,
        lagEveryMs: 1_000,
      },
      {
        kafka,
        standings: createGroupStandings(kafka),
        foldTouched: createFoldTouched(
          { zone, cityProfile },
          { entityLog, store, touches, calendar, rules: policy.rules, clock },
        ),
        ...createJudges({ zone, policy }, { stores, calendar, touches, clock }),
        tick: createCityClock({ zone }, { entityLog, store, facts, touches, clock }),
        refuseNewerRules: createRefuseNewerRules({ version: policy.version, history }, { policyLog }),
        watchPolicy: createPolicyWatch(
          { zone, version: policy.version, history, values: policy },
          { policyLog, entityLog, facts, touches, clock, log },
        ),
        watchSources: createWatchSources(
          { zone, cityProfile, calendar },
          { sources: createSourceLog(clickhouse), clock },
        ),
        clock,
        metrics: createMetrics({ processMetrics: false }),
        log,
      },
    ),
  )
  const events = createEventPublisher(teller, { topicPrefix })
  const stopAll = await startAll([...sinks, ...scorers].map(({ component }) => component))
  let failure: unknown
  for (const { failed } of [...sinks, ...scorers]) {
    failed.catch((error: unknown) => {
      failure = error
    })
  }
  return {
    ...world,
    database,
    settings,
    policy,
    calendar,
    /** Looks for conflicting identities now, beside the workers' own sweep. */
    sweep: testSweep(world),
    publish: (list: readonly EventToPublish[], lane?: Lane) => events.publish(list, lane),
    /** Whatever the bytes; topics by the contract's name. */
    publishBytes: (messages: readonly (OutgoingMessage & { readonly topic: TopicName })[]) =>
      teller.publish(messages.map((message) => ({ ...message, topic: topicName(topicPrefix, message.topic) }))),
    /** Resolves when everything that is in Kafka now is stored, folded and judged. */
    settled: async (timeoutMs = 240_000) => {
      const behind = await caughtUp(kafka, pipelineStages(topicPrefix), {
        timeoutMs,
        onWait: () => {
          if (failure !== undefined) throw failure
        },
      })
      if (behind !== undefined) throw new Error(behind)
    },
    rows: async <T>(query: string, query_params: Record<string, unknown> = {}): Promise<T[]> =>
      (await clickhouse.query({ query, query_params, format: 'JSONEachRow' })).json<T>(),
    stop: async ({ keepData = false } = {}) => {
      await stopAll()
      await teller.close()
      await publisher.close()
      if (!keepData) await clickhouse.command({ query: `DROP DATABASE IF EXISTS ${database}` })
      await clickhouse.close()
    },
  }
}

export type TestCity = Awaited<ReturnType<typeof startTestCity>>
