import type { Outcome } from '@bina/domain/outcome'
import type { DeadLetterReason } from '@bina/events/dead-letter-reason'
import { detailOf } from '@bina/events/detail'
import type { ServiceEvent } from '@bina/events/service-event'
import type { ArrivedMessage } from '../ports/arrived-message.ts'
import type { ConflictLetter, ConflictLog, LosingEvent, LosingMessage } from '../ports/conflict-log.ts'
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.ts'
import type { Identity } from '../ports/entity-log.ts'
import type { OriginalMessages } from '../ports/original-messages.ts'
import type { TouchPublisher } from '../ports/touch-publisher.ts'
import { headersJson, ingestedAtMs, judgedAtMs } from './arrival.ts'
import { linksOf } from './event-links.ts'

export interface SweepConfig {
  /** The same as for settling: a spot check belongs to the date of its time there. */
  readonly zone: string
}

export interface SweepDeps {
  readonly conflicts: ConflictLog
  readonly originals: OriginalMessages
  readonly decode: (message: ArrivedMessage, nowMs: number) => Outcome<ServiceEvent, DeadLetterReason>
  readonly contentHash: (event: ServiceEvent) => bigint
  readonly deadLetters: DeadLetters
  readonly touches: Pick<TouchPublisher, 'touch'>
  readonly clock: () => number
  /** Called for each message that was set aside. */
  readonly count: (topic: string) => void
}

const reason: DeadLetterReason = 'conflicting_duplicate'

interface Found {
  readonly loser: LosingMessage
  /** Absent when the broker no longer has it. */
  readonly message: ArrivedMessage | undefined
  /** Absent when no table needs to be told: the winner has replaced it everywhere. */
  readonly event: LosingEvent | undefined
}

/** Sets aside the messages whose identity belongs to an earlier one with other content (reading 38). The tables took the winner
 *  already; this tells the publisher, and lets no fold count what the loser said of another entity. Sweeping again, or in two
 *  places at once, sets aside nothing twice; a letter on the topic may come twice after a crash. */
export function createSweepConflicts(config: SweepConfig, deps: SweepDeps): () => Promise<void> {
  const { conflicts } = deps

  const find = async (losers: readonly LosingMessage[]): Promise<readonly Found[]> => {
    const originals = await deps.originals.read(losers)
    const read = losers.map((loser, at) => {
      const message = originals[at]
      const outcome = message && deps.decode(message, judgedAtMs(message, deps.clock()))
      // Other content there means another message: the topic was made anew, and what was settled once is gone.
      const isTheSame = outcome?.kind === 'ok' && deps.contentHash(outcome.value) === loser.contentHash
      return isTheSame ? { loser, message, event: eventOf(outcome.value, config.zone) } : { loser }
    })
    const gone = read.flatMap(({ loser, message }) => (message === undefined ? [loser] : []))
    const known = gone.length === 0 ? new Map<string, LosingEvent>() : await conflicts.losingEvents(gone)
    return read.map(({ loser, message, event }) => ({ loser, message, event: event ?? known.get(loser.precedence) }))
  }

  const setAside = async (losers: readonly LosingMessage[]) => {
    const found = await find(losers)
    const nowMs = deps.clock()
    const events = found.flatMap(({ event }) => event ?? [])
    await conflicts.exclude(
      found.map(({ loser, event }) => ({ ...loser, source: event?.source ?? '', id: event?.id ?? '' })),
    ) // 1. count no more
    await deps.touches.touch({
      entities: [...new Set(events.flatMap(({ entities }) => entities))],
      revised: events.flatMap(revisedBy),
    }) // 2. work out anew
    await deps.deadLetters.publish(found.map((one) => letterOf(one, nowMs))) // 3. tell
    await conflicts.setAside(found.map((one) => rowOf(one, nowMs))) // 4. done: until here all of it is repeated
    for (const { topic } of losers) deps.count(topic)
  }

  return async () => {
    for (;;) {
      const { losers, through, isLast } = await conflicts.look()
      if (losers.length > 0) await setAside(losers)
      if (through !== undefined) await conflicts.setLookedThrough(through)
      if (isLast) return
    }
  }
}

function eventOf(event: ServiceEvent, zone: string): LosingEvent {
  const { entity, supersedes, withdraws } = linksOf(event, zone)
  const targetIds = [supersedes, withdraws].filter((id) => id !== '')
  return { source: event.source, id: event.id, entities: [entity], targetIds }
}

/** The identity leads to the winner's entity, the targets to what the loser took back. */
function revisedBy({ source, id, targetIds }: LosingEvent): readonly Identity[] {
  return [id, ...targetIds].map((target) => ({ source, id: target }))
}

function detailFor({ loser: { standing }, message }: Found): string {
  const place = `${standing.topic}/${standing.partition}/${standing.offset}`
  const expected = detailOf('/id', `an id that its source gave to no other event; the earlier one is at ${place}`)
  return message === undefined ? `${expected}. Kafka no longer has the original, so this letter has no bytes` : expected
}

function letterOf(found: Found, atMs: number): DeadLetter {
  const { topic, partition, offset } = found.loser
  const original = found.message ?? { key: null, value: Buffer.alloc(0), headers: {} }
  const { key, value, headers } = original
  return { topic, partition, offset, key, value, headers, atMs, reason, detail: detailFor(found) }
}

function rowOf(found: Found, nowMs: number): ConflictLetter {
  const { key, value, headers, topic, partition, offset } = letterOf(found, nowMs)
  const atMs = found.message === undefined ? nowMs : ingestedAtMs(found.message)
  return { topic, partition, offset, atMs, detail: detailFor(found), key, headersJson: headersJson({ headers }), value }
}
