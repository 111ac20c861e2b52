import { topics } from '@bina/events/topics'
import { createKafkaAdmin, type KafkaAdmin } from '@bina/kafka/admin'
import { connectKafka } from '@bina/kafka/connect'
import { createGroupStandings } from '@bina/kafka/group-standings'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { pipelineStages } from '@bina/pipeline/stages'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import { freshNames } from '@bina/testkit/test-city'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createScoreWorker } from './app.ts'

const { topicPrefix } = freshNames()
const log = createLogger({ service: 'test', level: 'silent' })
const kafka = connectKafka({ brokers: inject('kafkaBrokers').split(','), clientId: 'test' }, { log })
let admin: KafkaAdmin

beforeAll(async () => {
  admin = await createKafkaAdmin(kafka)
  await admin.createTopics(
    topics.map(({ name, partitions, config }) => ({ name: topicPrefix + name, partitions, config })),
  )
  const publisher = await createMessagePublisher(kafka)
  const touches = createTouchPublisher(publisher, { topicPrefix })
  const weeks = { unitId: 'kel', fromWeek: '2026-07-06', toWeek: '2026-07-13' }
  await touches.touch({ entities: ['unit|kel'], revised: [] })
  await touches.touchUnits([weeks, { ...weeks, scope: 'judged' }, { ...weeks, scope: 'area' }])
  await publisher.close()
})

afterAll(() => admin?.close())

it('tells each step that works long to leave off when the worker is to stop, and commits none of what it left', async () => {
  const told: string[] = []
  const working: string[] = []
  /** It goes on until it is told to leave off. */
  const long = (step: string) => async (_: unknown, stopping: AbortSignal) => {
    working.push(step)
    await new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }))
    told.push(step)
    stopping.throwIfAborted()
  }
  const worker = createScoreWorker(
    {
      ...{ topicPrefix, maxWaitMs: 50, sessionTimeoutMs: 30_000, stallExitMs: 120_000 },
      ...{ clockEveryMs: 60_000, lagEveryMs: 60_000 },
    },
    {
      ...{ kafka, standings: createGroupStandings(kafka) },
      ...{ foldTouched: long('fold'), judgeTouched: long('judge') },
      ...{ followJudged: long('follow'), judgeAreas: long('area') },
      ...{ tick: async () => {}, refuseNewerRules: async () => {}, watchPolicy: async () => {} },
      ...{ watchSources: async () => [], clock: Date.now, metrics: createMetrics({ processMetrics: false }), log },
    },
  )
  await worker.component.start()
  await until(() => working.length === 4, { withinMs: 90_000, what: 'work for each step' })
  await worker.component.stop()
  expect(told.toSorted()).toEqual(['area', 'fold', 'follow', 'judge'])
  const done: string[] = []
  for (const { step, groupId, topics: read } of pipelineStages(topicPrefix)) {
    if ((await admin.lagOf(groupId, read)).every(({ lag }) => lag === 0)) done.push(step)
  }
  // The sink had nothing to do.
  expect(done).toEqual(['sink', 'backfill'])
})
