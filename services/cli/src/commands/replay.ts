import { randomBytes } from 'node:crypto'
import { createIngestLog } from '@bina/clickhouse/ingest-log'
import { readEvent } from '@bina/events/read-event'
import {
  type BackfillTopic,
  type EventTopic,
  eventTopicRanks,
  lanes,
  topicName,
  topicsOfLane,
} from '@bina/events/topics'
import { createDeadLetters } from '@bina/kafka/dead-letters'
import { createMessagePublisher } from '@bina/kafka/message-publisher'
import { readSpans, spansOf } from '@bina/kafka/read-span'
import { createTouchPublisher } from '@bina/kafka/touch-publisher'
import { groups } from '@bina/pipeline/stages'
import { createJudgeBatch } from '@bina/pipeline/store/settle-batch'
import { createRateLimit } from '@bina/runtime/rate-limit'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { explainError } from '../explain-error.ts'
import { type Servers, withServers } from '../servers.ts'

export interface ReplayOptions {
  readonly topic: string
  /** Instants, ISO 8601 with an offset or Z. */
  readonly from: string
  readonly to: string
  /** Messages a second at most. */
  readonly rate: number
  readonly dryRun: boolean
}

const atOnce = 500

/** Settles the original messages of a topic and a time once more, as the sink does, in a group of its own and no faster than `rate`: what
 *  is there changes nothing, what was missing is there afterwards. The place of the sink's group stays. */
export async function replay(context: CommandContext, options: ReplayOptions): Promise<void> {
  const topic = topicAsked(options.topic)
  const fromMs = instant(options.from, '--from')
  const toMs = instant(options.to, '--to')
  if (fromMs >= toMs) throw new CommandError('--from must be before --to.', 2)
  await withServers(context.env, async (servers) => {
    const name = topicName(servers.topicPrefix, topic)
    const spans = await spansOf(servers.kafka, name, { fromMs, toMs })
    const offsets = spans.reduce((sum, { first, past }) => sum + past - first, 0)
    const answer = { topic, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), spans, offsets }
    if (options.dryRun) {
      context.say(`${offsets} offsets of ${topic} would be settled once more.`)
      context.answer({ ...answer, dryRun: true, settled: 0, events: 0, deadLetters: {} })
      return
    }
    const outcomes = await settleAgain(context, servers, { name, topic, spans, offsets, rate: options.rate })
    const { event: events = 0, ...deadLetters } = outcomes
    const refused = Object.values(deadLetters).reduce((sum, count) => sum + count, 0)
    context.say(
      `${events + refused} messages of ${topic} settled once more: ${events} events, ${refused} dead letters.`,
    )
    context.say('What of it was new: npx bina status')
    context.answer({ ...answer, dryRun: false, settled: events + refused, events, deadLetters })
  })
}

async function settleAgain(
  context: CommandContext,
  { kafka, clickhouse, topicPrefix, zone }: Servers,
  work: {
    readonly name: string
    readonly topic: EventTopic | BackfillTopic
    readonly spans: Parameters<typeof readSpans>[2]
    readonly offsets: number
    readonly rate: number
  },
): Promise<Readonly<Record<string, number>>> {
  const outcomes: Record<string, number> = {}
  const step = context.progress.step(`Settling ${work.topic} once more`, work.offsets)
  const publisher = await createMessagePublisher(kafka)
  try {
    const judge = createJudgeBatch(
      { zone, topicRanks: eventTopicRanks },
      {
        read: readEvent,
        ingestLog: createIngestLog(clickhouse),
        deadLetters: createDeadLetters(publisher, { topicPrefix }),
        touches: createTouchPublisher(publisher, { topicPrefix }),
        clock: Date.now,
        count: (outcome, _topic, count) => {
          outcomes[outcome] = (outcomes[outcome] ?? 0) + count
        },
      },
    )
    const limit = createRateLimit(work.rate)
    let settled = 0
    const options = {
      groupId: `${groups.replay(topicPrefix)}-${randomBytes(6).toString('hex')}`,
      atOnce: Math.min(atOnce, work.rate),
      signal: context.signal,
    }
    await readSpans(kafka, work.name, work.spans, options, async (messages) => {
      await judge(messages.map((message) => ({ ...message, topic: work.topic }))).settle()
      settled += messages.length
      step.update(settled, `${settled} messages`)
      await limit(messages.length, context.signal)
    })
    step.done(`${settled} messages`)
    return outcomes
  } catch (error) {
    step.fail()
    const explained = explainError(error, context.env)
    if (explained === undefined && !context.signal.aborted) throw error
    const why = explained === undefined ? 'Stopped.' : `${explained.message} ${explained.next}`
    throw new CommandError(`${why} Run the same command again: what was settled before changes nothing.`)
  } finally {
    await publisher.close()
  }
}

function topicAsked(text: string): EventTopic | BackfillTopic {
  const names = lanes.flatMap((lane) => topicsOfLane(lane).map(({ name }) => name))
  const topic = names.find((name) => name === text)
  if (topic !== undefined) return topic
  throw new CommandError(`There is no topic ${text} of events. There are: ${names.join(', ')}`, 2)
}

function instant(text: string, option: string): number {
  const ms = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms))
    throw new CommandError(`${option} is no instant: "${text}". Write it with its offset: 2026-11-23T00:00:00+07:00`, 2)
  return ms
}
