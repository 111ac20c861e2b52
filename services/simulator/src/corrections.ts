import type { EventContent, ServiceEvent } from '@bina/events/service-event'
import { makeEvent } from './event-maker.ts'
import { chance, createRandom, type Random, wholeBelow } from './random.ts'

const hourMs = 3_600_000
const correctedShare = 0.005

/**
 * An event and, now and then, what takes it back: events that supersede it (and one another) and withdrawals (and
 * withdrawals of withdrawals). Directory events are never corrected here: they have versions of their own.
 */
export function withCorrections(
  city: { readonly seed: string; readonly source: string; readonly zone: string },
  event: ServiceEvent,
): readonly ServiceEvent[] {
  const random = createRandom(city.seed, 'correction', event.id)
  if (!chance(random, correctedShare)) return [event]
  const better = chance(random, 0.65) ? corrected(event, random) : undefined
  if (better === undefined) return mayBeWithdrawn(event) ? [event, ...withdrawals(city, event, random)] : [event]
  const first = makeEvent(city, `${event.id}-c1`, event.occurredAtMs + better.shiftMs, better.content, event.id)
  if (chance(random, 0.1)) {
    // The correction was wrong as well: the first version again, under a new identity.
    return [event, first, makeEvent(city, `${event.id}-c2`, event.occurredAtMs, event, first.id)]
  }
  // A correction taken back lets the original stand again.
  return chance(random, 0.08) ? [event, first, ...withdrawals(city, first, random)] : [event, first]
}

/** What a life hangs on is corrected but not taken back: a city without receipts would prove little. */
function mayBeWithdrawn(event: ServiceEvent): boolean {
  return !event.type.startsWith('bina.directory.') && event.type !== 'bina.complaint.received.v1'
}

function withdrawals(
  city: { readonly source: string; readonly zone: string },
  target: ServiceEvent,
  random: Random,
): readonly ServiceEvent[] {
  const withdraw = (id: string, withdrawnId: string, atMs: number) =>
    makeEvent(city, id, atMs, {
      type: 'bina.event.withdrawn.v1',
      subject: target.subject,
      data: { withdrawnId, reason: 'mistake' },
    })
  const atMs = target.occurredAtMs + (1 + wholeBelow(random, 72)) * hourMs
  const first = withdraw(`withdrawn-${target.id}`, target.id, atMs)
  return chance(random, 0.1) ? [first, withdraw(`restored-${target.id}`, first.id, atMs + hourMs)] : [first]
}

interface Correction {
  readonly content: EventContent
  /** Added to the time; a clock record's time is what it says. */
  readonly shiftMs: number
}

/** What should have been said; undefined for types that nobody corrects. */
function corrected(event: ServiceEvent, random: Random): Correction | undefined {
  const { subject } = event
  switch (event.type) {
    case 'bina.attendance.recorded.v1': {
      const data = { ...event.data, method: 'manual', deviceOk: false } as const
      const minutes = event.data.kind === 'in' ? -wholeBelow(random, 25) : wholeBelow(random, 25)
      return { content: { type: event.type, subject, data }, shiftMs: minutes * 60_000 }
    }
    case 'bina.attendance.status-set.v1': {
      const status = event.data.status === 'official_duty' ? 'excused_leave' : 'official_duty'
      return { content: { type: event.type, subject, data: { ...event.data, status } }, shiftMs: 0 }
    }
    case 'bina.attendance.spot-checked.v1': {
      const outcome = event.data.outcome === 'confirmed' ? 'invalid' : 'confirmed'
      return { content: { type: event.type, subject, data: { ...event.data, outcome } }, shiftMs: 0 }
    }
    case 'bina.complaint.received.v1': {
      const category = event.data.category === 'delay' ? 'convoluted' : 'delay'
      return { content: { type: event.type, subject, data: { ...event.data, category } }, shiftMs: 0 }
    }
    case 'bina.resolution.responded.v1': {
      const substantive = !event.data.substantive
      return { content: { type: event.type, subject, data: { ...event.data, substantive } }, shiftMs: 0 }
    }
    case 'bina.resolution.resolved.v1': {
      const outcome = event.data.outcome === 'fixed' ? 'answered' : 'fixed'
      return { content: { type: event.type, subject, data: { ...event.data, outcome } }, shiftMs: 0 }
    }
    case 'bina.resolution.audited.v1': {
      const result = event.data.result === 'verified' ? 'not_fixed' : 'verified'
      return { content: { type: event.type, subject, data: { ...event.data, result } }, shiftMs: 0 }
    }
    default:
      return undefined
  }
}
