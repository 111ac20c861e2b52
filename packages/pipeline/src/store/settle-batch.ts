import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import type { ServiceEvent } from '@bina/events/service-event'
import type { Outcome } from '@bina/domain/outcome'
import { entityOf } from '../fold/entity.ts'
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.ts'
import type { Identity } from '../ports/entity-log.ts'
import type { IngestLog, SettledMessage } from '../ports/ingest-log.ts'
import type { TouchPublisher } from '../ports/touch-publisher.ts'

/** A message as the broker gave it, on the contract's topic name. */
export interface ArrivedMessage {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly recordAtMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: DeadLetter['headers']
}

export interface SettleConfig {
  /** The city's zone: a spot check belongs to the date of its time there. */
  readonly zone: string
  /** The contract's topics in a fixed order; the rank breaks ties between equal record timestamps. */
  readonly topicRanks: ReadonlyMap<string, number>
}

export interface SettleDeps {
  readonly decode: (message: ArrivedMessage, nowMs: number) => Outcome<ServiceEvent, DeadLetterReason>
  readonly contentHash: (event: ServiceEvent) => bigint
  readonly ingestLog: IngestLog
  readonly deadLetters: DeadLetters
  readonly touches: TouchPublisher
  readonly clock: () => number
  readonly count: (outcome: 'event' | DeadLetterReason, topic: string) => void
}

/** Settles one batch; resolves only when every message is durable, and only then may its offsets be committed.
 *  Running it again with the same messages, wholly or in part, has the effect of once. Throws only for the world's fault. */
export function createSettleBatch(config: SettleConfig, deps: SettleDeps): (batch: readonly ArrivedMessage[]) => Promise<void> {
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
        ingestedAtMs: doorClock(message) ?? message.recordAtMs,
      }
      // Judged by the record's own time, so that a redelivery says the same; a record from the future has no say.
      const outcome = deps.decode(message, Math.min(nowMs, message.recordAtMs))
      if (outcome.kind === 'dead_letter') {
        const { reason, detail } = outcome
        rows.push({ ...position, outcome: 'dead_letter', reason, detail, key: message.key, headersJson: headersJson(message), value: message.value })
        letters.push({ ...message, atMs: nowMs, reason, detail })
        continue
      }
      const event = outcome.value
      const entity = entityOf(event, config.zone)
      const withdraws = event.type === 'bina.event.withdrawn.v1' ? event.data.withdrawnId : ''
      const supersedes = event.supersedes ?? ''
      rows.push({
        ...position,
        outcome: 'event',
        source: event.source,
        id: event.id,
        type: event.type,
        subject: event.subject,
        occurredAtMs: event.occurredAtMs,
        unitId: 'unitId' in event.data && typeof event.data.unitId === 'string' ? event.data.unitId : '',
        entity,
        supersedes,
        withdraws,
        data: JSON.stringify(event.data),
        contentHash: deps.contentHash(event),
      })
      entities.add(entity)
      for (const id of [supersedes, withdraws]) if (id !== '') revised.push({ source: event.source, id })
    }
    await deps.ingestLog.settle(rows) // 1. keep
    await deps.deadLetters.publish(letters) // 2. set aside
    await deps.touches.touch({ entities: [...entities], revised }) // 3. hand on; 4. the caller commits
    for (const row of rows) deps.count(row.outcome === 'event' ? 'event' : (row.reason as DeadLetterReason), row.topic)
  }
}

/** The HTTP door says when it took the event; an event that came straight to Kafka has its record's timestamp. */
function doorClock(message: ArrivedMessage): number | undefined {
  const header = message.headers['bina-ingested-at']
  const text = Array.isArray(header) ? undefined : header?.toString()
  const ms = text === undefined ? Number.NaN : Date.parse(text)
  // Whoever may write to the topic may write this header too: a clock that is not near the record's is not believed.
  return Math.abs(ms - message.recordAtMs) <= 3_600_000 ? ms : undefined
}

function headersJson(message: ArrivedMessage): string {
  const encoded = Object.entries(message.headers).map(([name, value]) => [
    name,
    (Array.isArray(value) ? value : [value ?? '']).map((part) => Buffer.from(part).toString('base64')),
  ])
  return JSON.stringify(Object.fromEntries(encoded))
}
