import type { Outcome } from '@bina/domain/outcome'
import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import type { ReadEvent } from '@bina/events/read-event'
import type { ArrivedMessage } from '../ports/arrived-message.ts'
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.ts'
import type { Identity } from '../ports/entity-log.ts'
import type { IngestLog } from '../ports/ingest-log.ts'
import type { TouchPublisher } from '../ports/touch-publisher.ts'
import { headersJson, ingestedAtMs, judgedAtMs } from './arrival.ts'
import { linksOf } from './event-links.ts'

export interface SettleConfig {
  /** The city's zone: a spot check belongs to the date of its time there. */
  readonly zone: string
  /** The contract's topics in a fixed order; the rank breaks ties between equal record timestamps. */
  readonly topicRanks: ReadonlyMap<string, number>
}

export interface SettleDeps {
  /** The message under the contract's name of its topic, where it may come under another. Asked one by one, so that no second list of the
   *  batch is kept. */
  readonly named?: (message: ArrivedMessage) => ArrivedMessage
  readonly read: (message: ArrivedMessage, nowMs: number) => Outcome<ReadEvent, DeadLetterReason>
  readonly ingestLog: Pick<IngestLog, 'begin'>
  readonly deadLetters: DeadLetters
  readonly touches: Pick<TouchPublisher, 'touch'>
  readonly clock: () => number
  readonly count: (outcome: 'event' | DeadLetterReason, topic: string, messages: number) => void
}

/** A batch that was read and judged, and is to be kept. */
export interface JudgedBatch {
  /** Resolves only when every message is durable, and only then may its offsets be committed. Running it again, or a batch with the same
   *  messages, wholly or in part, has the effect of once. Throws only for the world's fault. */
  settle(): Promise<void>
}

/** Reads and judges a batch, which needs nothing of the world. */
export function createJudgeBatch(
  config: SettleConfig,
  deps: SettleDeps,
): (batch: readonly ArrivedMessage[]) => JudgedBatch {
  return (batch) => {
    const nowMs = deps.clock()
    const rows = deps.ingestLog.begin()
    const counts = createCounts()
    const letters: DeadLetter[] = []
    const entities = new Set<string>()
    const revised: Identity[] = []
    for (const arrived of batch) {
      const message = deps.named === undefined ? arrived : deps.named(arrived)
      const outcome = deps.read(message, judgedAtMs(message, nowMs))
      if (outcome.kind === 'dead_letter') {
        const { reason, detail } = outcome
        rows.add({
          ...positionOf(message, config),
          outcome: 'dead_letter',
          reason,
          detail,
          key: message.key,
          headersJson: headersJson(message),
          value: message.value,
        })
        letters.push({ ...message, atMs: nowMs, reason, detail })
        counts.add(reason, message.topic)
        continue
      }
      const { event, dataJson, contentHash } = outcome.value
      const links = linksOf(event, config.zone)
      // Field by field: spreading one object into another takes longer than all else here.
      rows.add({
        topic: message.topic,
        topicRank: rankOf(message, config),
        partition: message.partition,
        offset: message.offset,
        recordAtMs: message.recordAtMs,
        ingestedAtMs: ingestedAtMs(message),
        outcome: 'event',
        source: event.source,
        id: event.id,
        type: event.type,
        subject: event.subject,
        occurredAtMs: event.occurredAtMs,
        unitId: 'unitId' in event.data && typeof event.data.unitId === 'string' ? event.data.unitId : '',
        entity: links.entity,
        supersedes: links.supersedes,
        withdraws: links.withdraws,
        data: dataJson,
        contentHash,
      })
      counts.add('event', message.topic)
      entities.add(links.entity)
      if (links.supersedes !== '') revised.push({ source: event.source, id: links.supersedes })
      if (links.withdraws !== '') revised.push({ source: event.source, id: links.withdraws })
    }
    return {
      settle: async () => {
        await rows.settle() // 1. keep
        await deps.deadLetters.publish(letters) // 2. set aside
        await deps.touches.touch({ entities: [...entities], revised }) // 3. hand on; 4. the caller commits
        counts.tell(deps.count)
      },
    }
  }
}

const rankOf = ({ topic }: ArrivedMessage, { topicRanks }: SettleConfig) => topicRanks.get(topic) ?? 255

function positionOf(message: ArrivedMessage, config: SettleConfig) {
  const { topic, partition, offset, recordAtMs } = message
  return {
    topic,
    topicRank: rankOf(message, config),
    partition,
    offset,
    recordAtMs,
    ingestedAtMs: ingestedAtMs(message),
  }
}

/** One call for each outcome and topic: a metric is slow to find by its labels. */
function createCounts() {
  const counts = new Map<string, Map<'event' | DeadLetterReason, number>>()
  return {
    add: (outcome: 'event' | DeadLetterReason, topic: string) => {
      let ofTopic = counts.get(topic)
      if (ofTopic === undefined) {
        ofTopic = new Map()
        counts.set(topic, ofTopic)
      }
      ofTopic.set(outcome, (ofTopic.get(outcome) ?? 0) + 1)
    },
    tell: (count: SettleDeps['count']) => {
      for (const [topic, ofTopic] of counts) for (const [outcome, messages] of ofTopic) count(outcome, topic, messages)
    },
  }
}
