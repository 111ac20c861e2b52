import { connectClickHouse } from '@bina/clickhouse/connect'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createFoldedStore } from '@bina/clickhouse/folded-store'
import { createJudgeStores } from '@bina/clickhouse/judge-stores'
import { createSourceLog } from '@bina/clickhouse/source-log'
import { createWorkCalendar } from '@bina/domain/calendar'
import { topicName, touchedTopic, touchedUnitTopic } from '@bina/events/topics'
import { connectKafka } from '@bina/kafka/connect'
import { createGroupStandings } from '@bina/kafka/group-standings'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createLatePublisher } from '@bina/kafka/late-publisher'
import { reachKafka, whyNotReached } from '@bina/kafka/reach-kafka'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { createPolicyWatch } from '@bina/pipeline/policy/policy-watch'
import { createRefuseNewerRules } from '@bina/pipeline/policy/refuse-newer-rules'
import { createWatchSources } from '@bina/pipeline/quality/watch-sources'
import { createCityClock } from '@bina/pipeline/score/city-clock'
import { createJudges } from '@bina/pipeline/score/create-judges'
import { createFoldTouched } from '@bina/pipeline/score/fold-touched'
import { together } from '@bina/runtime/lifecycle'
import { loadPolicy } from '@bina/runtime/load-policy'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { createOperationsServer } from '@bina/runtime/operations-server'
import { exitOnError, runService } from '@bina/runtime/run-service'
import { clickHouseSettings, kafkaSettings } from '@bina/runtime/settings'
import { createWaitForServer } from '@bina/runtime/wait-for-server'
import { createScoreWorker } from './app.ts'
import { readScoreConfig } from './config.ts'

async function main() {
  const config = readScoreConfig(process.env)
  const service = 'score-worker'
  const log = createLogger({ service, level: config.LOG_LEVEL })
  const metrics = createMetrics()
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const zone = config.BINA_TIMEZONE
  const clock = Date.now
  const settings = kafkaSettings(config, service)
  const kafka = connectKafka(settings, { log })
  const clickhouse = connectClickHouse(clickHouseSettings(config, service))
  const publisher = createLatePublisher(kafka)
  const touches = createTouchPublisher(publisher, { topicPrefix: config.KAFKA_TOPIC_PREFIX })
  const entityLog = createEntityLog(clickhouse)
  const store = createFoldedStore(clickhouse)
  const stores = createJudgeStores(clickhouse, { zone })
  const { facts, policyLog } = stores
  const history = policy.history.map(({ version }) => version)
  const calendar = createWorkCalendar({ zone, policy: policy.calendar })
  const worker = createScoreWorker(
    {
      topicPrefix: config.KAFKA_TOPIC_PREFIX,
      maxWaitMs: config.SCORE_FLUSH_MS,
      sessionTimeoutMs: config.SCORE_SESSION_TIMEOUT_MS,
      stallExitMs: config.CONSUMER_STALL_EXIT_MS,
      clockEveryMs: config.SCORE_CLOCK_MS,
      lagEveryMs: 5_000,
    },
    {
      kafka,
      standings: createGroupStandings(kafka),
      foldTouched: createFoldTouched(
        { zone, cityProfile: config.BINA_CITY_PROFILE },
        {
          entityLog,
          store,
          touches,
          calendar,
          rules: policy.rules,
          clock,
        },
      ),
      ...createJudges({ zone, policy }, { stores, calendar, touches, clock }),
      tick: createCityClock({ zone }, { entityLog, store, facts, touches, clock }),
      refuseNewerRules: createRefuseNewerRules({ version: policy.version, history }, { policyLog }),
      watchPolicy: createPolicyWatch(
        { zone, version: policy.version, history, values: policy },
        { policyLog, entityLog, facts, touches, clock, log },
      ),
      watchSources: createWatchSources(
        { zone, cityProfile: config.BINA_CITY_PROFILE, calendar },
        { sources: createSourceLog(clickhouse), clock },
      ),
      clock,
      metrics,
      log,
    },
  )
  const topics = ([touchedTopic, touchedUnitTopic] as const).map((name) => topicName(config.KAFKA_TOPIC_PREFIX, name))
  const kafkaReached = createWaitForServer('Kafka', {
    reach: (signal) => reachKafka(settings, { topics, log, signal }),
    isPassing: isPassingKafkaError,
    explain: (error) => whyNotReached(error, settings.brokers),
    log,
  })
  const operations = createOperationsServer(
    { service, host: config.OPERATIONS_HOST, port: config.OPERATIONS_PORT },
    { metrics, log, ready: { kafka: kafkaReached.ready, ...worker.ready } },
  )
  const clients = {
    name: 'clients',
    start: async () => {},
    stop: async () => {
      await clickhouse.close()
    },
  }
  const working = together(service, [worker.component, publisher.patience])
  await runService([clients, operations, kafkaReached, publisher, working], worker.failed, {
    log,
    shutdownTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
  })
}

exitOnError(main())
