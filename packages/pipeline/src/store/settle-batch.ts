import type { Outcome } from '@bina/domain/outcome'
import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import type { ServiceEvent } from '@bina/events/service-event'
import type { ArrivedMessage } from '../ports/arrived-message.ts'
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.ts'
import type { Identity } from '../ports/entity-log.ts'
import type { IngestLog, SettledMessage } from '../ports/ingest-log.ts'
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
  readonly decode: (message: ArrivedMessage, nowMs: number) => Outcome<ServiceEvent, DeadLetterReason>
  readonly contentHash: (event: ServiceEvent) => bigint
  readonly ingestLog: Pick<IngestLog, 'settle'>
  readonly deadLetters: DeadLetters
  readonly touches: Pick<TouchPublisher, 'touch'>
  readonly clock: () => number
  readonly count: (outcome: 'event' | DeadLetterReason, topic: string) => void
}

/** Settles one batch; resolves only when every message is durable, and only then may its offsets be committed.
 *  Running it again with the same messages, wholly or in part, has the effect of once. Throws only for the world's fault. */
export function createSettleBatch(
  config: SettleConfig,
  deps: SettleDeps,
): (batch: readonly ArrivedMessage[]) => Promise<void> {
  return async (batch) => {
    const nowMs = deps.clock()
    const rows: SettledMessage[] = []
    const letters: DeadLetter[] = []
    const entities = new Set<string>()
    const revised: Identity[] = []
    for (const message of batch) {
      const position = {
        topic: message.topic,
        topicRank: config.topicRanks.get(message.topic) ?? 255,
        partition: message.partition,
        offset: message.offset,
        recordAtMs: message.recordAtMs,
        ingestedAtMs: ingestedAtMs(message),
      }
      const outcome = deps.decode(message, judgedAtMs(message, nowMs))
      if (outcome.kind === 'dead_letter') {
        const { reason, detail } = outcome
        rows.push({
          ...position,
          outcome: 'dead_letter',
          reason,
          detail,
          key: message.key,
          headersJson: headersJson(message),
          value: message.value,
        })
        letters.push({ ...message, atMs: nowMs, reason, detail })
        continue
      }
      const event = outcome.value
      const links = linksOf(event, config.zone)
      rows.push({
        ...position,
        ...links,
        outcome: 'event',
        source: event.source,
        id: event.id,
        type: event.type,
        subject: event.subject,
        occurredAtMs: event.occurredAtMs,
        unitId: 'unitId' in event.data && typeof event.data.unitId === 'string' ? event.data.unitId : '',
        data: JSON.stringify(event.data),
        contentHash: deps.contentHash(event),
      })
      entities.add(links.entity)
      for (const id of [links.supersedes, links.withdraws]) if (id !== '') revised.push({ source: event.source, id })
    }
    await deps.ingestLog.settle(rows) // 1. keep
    await deps.deadLetters.publish(letters) // 2. set aside
    await deps.touches.touch({ entities: [...entities], revised }) // 3. hand on; 4. the caller commits
    for (const row of rows) deps.count(row.outcome === 'event' ? 'event' : (row.reason as DeadLetterReason), row.topic)
  }
}
