import type { ServiceEvent } from '@bina/events/service-event'
import { chance, createRandom, type Random, wholeBelow } from './random.ts'

export interface PublishOrderOptions {
  readonly seed: number | string
  /** All events in any order; needs them all in memory. */
  readonly shuffle?: boolean
  /** Events published again, unchanged, some time later. */
  readonly repeatShare?: number
  /** Events that happened earlier than those published before them. */
  readonly lateShare?: number
  /** By how many events at most a late event or a repeat comes after its turn. */
  readonly lateByEvents?: number
}

/**
 * The order in which a city's systems publish: mostly as things happened, but some come late and some twice. Lazy
 * unless
 * shuffled; holds back at most what is late. The same seed gives the same order.
 */
export function* publishOrder(
  events: Iterable<ServiceEvent>,
  options: PublishOrderOptions,
): Generator<ServiceEvent, void, undefined> {
  const random = createRandom(options.seed, 'publish order')
  const repeatShare = options.repeatShare ?? 0.003
  const lateShare = options.lateShare ?? 0.01
  const lateByEvents = Math.max(1, options.lateByEvents ?? 2_000)
  if (options.shuffle === true) {
    yield* shuffled(withRepeats(events, repeatShare, random), random)
    return
  }
  const heldBack = new Map<number, ServiceEvent[]>()
  const holdBack = (turn: number, event: ServiceEvent) => {
    const due = turn + 1 + wholeBelow(random, lateByEvents)
    const waiting = heldBack.get(due)
    if (waiting === undefined) heldBack.set(due, [event])
    else waiting.push(event)
  }
  let turn = 0
  for (const event of events) {
    if (chance(random, lateShare)) holdBack(turn, event)
    else yield event
    if (chance(random, repeatShare)) holdBack(turn, event)
    turn += 1
    yield* heldBack.get(turn) ?? []
    heldBack.delete(turn)
  }
  const rest = [...heldBack].sort(([a], [b]) => a - b)
  for (const [, waiting] of rest) yield* waiting
}

function withRepeats(events: Iterable<ServiceEvent>, repeatShare: number, random: Random): ServiceEvent[] {
  const all: ServiceEvent[] = []
  for (const event of events) {
    all.push(event)
    if (chance(random, repeatShare)) all.push(event)
  }
  return all
}

/** Fisher and Yates, from the end. */
function* shuffled(events: ServiceEvent[], random: Random): Generator<ServiceEvent, void, undefined> {
  for (let left = events.length; left > 0; left -= 1) {
    const index = wholeBelow(random, left)
    const event = events[index]
    const last = events[left - 1]
    if (event === undefined || last === undefined) throw new RangeError('a draw outside of the events')
    events[index] = last
    yield event
  }
}
