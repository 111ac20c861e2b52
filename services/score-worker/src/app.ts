import { isPassingClickHouseError } from '@bina/clickhouse/clickhouse-error'
import { topicName } from '@bina/events/topics'
import { createBatchConsumer } from '@bina/kafka/batch-consumer'
import type { Kafka } from '@bina/kafka/connect'
import type { GroupStandings } from '@bina/kafka/group-standings'
import { isPassingKafkaError } from '@bina/kafka/kafka-error'
import { createProgressWatch } from '@bina/kafka/progress-watch'
import type { Touched, TouchedUnit } from '@bina/pipeline/ports/touch-publisher'
import type { SilentSource } from '@bina/pipeline/quality/watch-sources'
import { decodeTouched, decodeTouchedUnits } from '@bina/pipeline/score/touched-message'
import { groups } from '@bina/pipeline/stages'
import { type Component, together } from '@bina/runtime/lifecycle'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import { createTicker } from '@bina/runtime/ticker'
import { createPace } from './pace.ts'
import { createPassOverNonsense } from './pass-over-nonsense.ts'
import { createResting } from './resting.ts'
import { createTellSilence } from './tell-silence.ts'
import { createWatchStep } from './watch-step.ts'

export interface ScoreWorkerConfig {
  readonly topicPrefix: string
  readonly maxWaitMs: number
  readonly sessionTimeoutMs: number
  readonly stallExitMs: number
  readonly clockEveryMs: number
  /** How often to ask Kafka how far the steps are behind. */
  readonly lagEveryMs: number
}

export interface ScoreWorkerDeps {
  readonly kafka: Kafka
  readonly standings: GroupStandings
  /** Each of the four may work long, and is told to leave off: then it throws as the signal says. */
  readonly foldTouched: (touched: readonly Touched[], stopping: AbortSignal) => Promise<void>
  readonly judgeTouched: (touched: readonly TouchedUnit[], stopping: AbortSignal) => Promise<void>
  readonly followJudged: (touched: readonly TouchedUnit[], stopping: AbortSignal) => Promise<void>
  readonly judgeAreas: (touched: readonly TouchedUnit[], stopping: AbortSignal) => Promise<void>
  readonly tick: () => Promise<void>
  /** Asked before each batch; throws where the tables follow newer rules than this worker's. */
  readonly refuseNewerRules: () => Promise<void>
  /** Has worked out again what a change of the rules moves; nothing once that is done. */
  readonly watchPolicy: () => Promise<void>
  /** Keeps the days on which sources fell silent; answers with those that are silent now. */
  readonly watchSources: () => Promise<readonly SilentSource[]>
  readonly clock: () => number
  readonly metrics: Metrics
  readonly log: Logger
}

export interface ScoreWorker {
  readonly component: Component
  readonly failed: Promise<never>
  readonly ready: Readonly<Record<string, () => string | undefined>>
}

// Longer than between two batches of a flood.
const calmAfterMs = 1_000
const restingStalls = 30

/** Touched entities to rows, touched units to scores, these to what follows from them and to the figures of the areas above; and the city's clock, which runs where the first partition is. */
export function createScoreWorker(config: ScoreWorkerConfig, deps: ScoreWorkerDeps): ScoreWorker {
  const { log, kafka } = deps
  const seconds = deps.metrics.histogram(
    'score_batch_seconds',
    'Time to work out one batch, by step',
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    ['step'],
  )
  const pace = createPace(() => performance.now())
  /** Each batch asks first whether it still has the rules to work by. */
  const timed = async (step: string, work: () => Promise<void>) => {
    await deps.refuseNewerRules()
    const startedAtMs = performance.now()
    await work()
    seconds.observe({ step }, (performance.now() - startedAtMs) / 1000)
  }
  const watchStep = createWatchStep({ everyMs: config.lagEveryMs }, deps)
  const shared = {
    kafka,
    log,
    isRetryable: (error: unknown) => isPassingClickHouseError(error) || isPassingKafkaError(error),
  }
  const { sessionTimeoutMs, stallExitMs } = config
  const limits = { maxBytes: 4_000_000, maxWaitMs: config.maxWaitMs, sessionTimeoutMs }
  const nonsense = deps.metrics.counter(
    'score_passed_over_total',
    'Entries of the internal topics that nobody can read, by topic; the log says where they stand',
    ['topic'],
  )
  // From nothing, so that the first one is an increase to whoever watches.
  for (const topic of ['bina.touched.v1', 'bina.touched-unit.v1']) nonsense.inc({ topic }, 0)
  const touched = createPassOverNonsense({
    decode: decodeTouched,
    count: (entries) => nonsense.inc({ topic: 'bina.touched.v1' }, entries),
    log,
  })
  const touchedUnits = createPassOverNonsense({
    decode: decodeTouchedUnits,
    count: (entries) => nonsense.inc({ topic: 'bina.touched-unit.v1' }, entries),
    log,
  })
  const touchedTopic = topicName(config.topicPrefix, 'bina.touched.v1')
  const touchedUnitTopic = topicName(config.topicPrefix, 'bina.touched-unit.v1')
  const foldGroup = { groupId: groups.fold(config.topicPrefix), topics: [touchedTopic] }
  const judgeGroup = { groupId: groups.judge(config.topicPrefix), topics: [touchedUnitTopic] }
  const followGroup = { groupId: groups.follow(config.topicPrefix), topics: [touchedUnitTopic] }
  const areaGroup = { groupId: groups.area(config.topicPrefix), topics: [touchedUnitTopic] }
  const [foldWatch, judgeWatch, followWatch, areaWatch] = [
    watchStep('fold', foldGroup),
    watchStep('judge', judgeGroup),
    watchStep('follow', followGroup),
    watchStep('area', areaGroup),
  ]
  const fold = createBatchConsumer(
    // What came while a batch was folded is folded in one go: a batch has a price of its own, whatever is in it. Some twenty thousand
    // entities at most, so that it stays a matter of seconds.
    { ...foldGroup, maxRows: 2_000, ...limits, maxBytes: 1_000_000 },
    {
      ...shared,
      ...foldWatch.hooks,
      handle: (batch, stopping) => {
        foldWatch.took(batch)
        return pace.during(() => timed('fold', () => deps.foldTouched(touched(batch), stopping)))
      },
    },
  )
  const judge = createBatchConsumer(
    { ...judgeGroup, maxRows: 5_000, ...limits },
    {
      ...shared,
      ...judgeWatch.hooks,
      handle: (batch, stopping) => {
        judgeWatch.took(batch)
        return pace.during(() => timed('judge', () => deps.judgeTouched(touchedUnits(batch).flat(), stopping)))
      },
    },
  )
  // Nobody waits for what follows from scores, and every unit of the city touches the city: while they come in a flood, what is worked out
  // now is soon worked out again. So these steps rest in between, and what comes meanwhile is worked out in one go.
  const restingStep = (
    step: 'follow' | 'area',
    config: {
      readonly group: typeof followGroup
      readonly watch: typeof followWatch
      readonly scope: TouchedUnit['scope']
      readonly restsAsLongAs: number
    },
    work: (touched: readonly TouchedUnit[], stopping: AbortSignal) => Promise<void>,
  ) => {
    const resting = createResting(config.restsAsLongAs, { isCalm: () => pace.quietMs() > calmAfterMs })
    return createBatchConsumer(
      { ...config.group, maxRows: 5_000, ...limits },
      {
        ...shared,
        ...config.watch.hooks,
        handle: async (batch, stopping) => {
          config.watch.took(batch)
          // What nobody can read was counted where units are judged.
          const meant = batch
            .flatMap(({ value }) => decodeTouchedUnits(value).said)
            .filter(({ scope }) => scope === config.scope)
          if (meant.length > 0) await resting(() => timed(step, () => work(meant, stopping)), stopping)
        },
      },
    )
  }
  const follow = restingStep(
    'follow',
    { group: followGroup, watch: followWatch, scope: 'judged', restsAsLongAs: 7 },
    deps.followJudged,
  )
  const area = restingStep(
    'area',
    { group: areaGroup, watch: areaWatch, scope: 'area', restsAsLongAs: 3 },
    deps.judgeAreas,
  )
  const cityClock = createTicker(
    { name: 'city clock', everyMs: config.clockEveryMs, holds: () => fold.holds(touchedTopic, 0) },
    deps,
  )
  const policyWatch = createTicker(
    { name: 'policy watch', everyMs: config.clockEveryMs, holds: () => fold.holds(touchedTopic, 0) },
    { tick: deps.watchPolicy, log },
  )
  const tellSilence = createTellSilence(deps.metrics)
  const sourceWatch = createTicker(
    { name: 'source watch', everyMs: config.clockEveryMs, holds: () => fold.holds(touchedTopic, 0) },
    { tick: async () => tellSilence(await deps.watchSources(), deps.clock()), log },
  )
  const consumers = { fold, judge, follow, area }
  const groupOf = { fold: foldGroup, judge: judgeGroup, follow: followGroup, area: areaGroup }
  const steps = ['fold', 'judge', 'follow', 'area'] as const
  // Some rest between their batches, and one in work may only be resting: several times as long as the one before took.
  const workMayLast = { workMayLastMs: restingStalls * stallExitMs }
  const watches = steps.map((step) =>
    createProgressWatch(
      { ...groupOf[step], sessionTimeoutMs, stallExitMs, ...((step === 'follow' || step === 'area') && workMayLast) },
      { kafka, consumer: consumers[step], log },
    ),
  )
  const failed = Promise.race([...Object.values(consumers), ...watches].map((part) => part.failed))
  failed.catch(() => undefined) // the owner listens too; without one a rejection must not end the process unexplained
  return {
    component: together('score-worker', [
      area,
      follow,
      judge,
      fold,
      ...watches,
      cityClock,
      policyWatch,
      sourceWatch,
      foldWatch.ticker,
      judgeWatch.ticker,
      followWatch.ticker,
      areaWatch.ticker,
      // A look that waits for brokers must not hold up the stop.
      { name: 'group standings', start: async () => {}, stop: () => deps.standings.close() },
    ]),
    failed,
    ready: {
      fold: fold.ready,
      judge: judge.ready,
      follow: follow.ready,
      area: area.ready,
      ...Object.fromEntries(watches.map(({ ready }, at) => [`${steps[at]}_progress`, ready])),
    },
  }
}
