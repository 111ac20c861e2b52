import type { ServiceEvent } from '@bina/events/service-event'

const hourMs = 3_600_000

/** Of every so many events one is taken back in one of five ways, in turn. */
const every = 40

/** What publishers take back of these events: corrections, withdrawals, corrections of corrections and withdrawals of withdrawals,
 *  and two corrections that name each other. */
export function secondThoughts(events: readonly ServiceEvent[]): readonly ServiceEvent[] {
  const meant = events.filter(({ type }) => type !== 'bina.event.withdrawn.v1' && !type.startsWith('bina.directory.'))
  return meant.flatMap((event, at) => (at % every === 0 ? takenBack(event, (at / every) % 5) : []))
}

function takenBack(event: ServiceEvent, way: number): readonly ServiceEvent[] {
  const better = corrected(event, `${event.id}-better`, event.id)
  switch (way) {
    case 0:
      return [better]
    case 1:
      return [withdrawal(event, event.id, 1)]
    case 2:
      return [withdrawal(event, event.id, 1), withdrawal(event, `${event.id}-w1`, 2)]
    case 3:
      return [better, corrected(event, `${event.id}-best`, better.id), withdrawal(event, better.id, 3)]
    default:
      // Each names the other: the ring is broken at its last event, which stands (reading 36).
      return [
        corrected(event, `${event.id}-ring-a`, `${event.id}-ring-b`),
        corrected(event, `${event.id}-ring-b`, `${event.id}-ring-a`),
      ]
  }
}

/** The same fact ten minutes later: another clock record, another response. */
function corrected(event: ServiceEvent, id: string, supersedes: string): ServiceEvent {
  return { ...at(event, event.occurredAtMs + 10 * 60_000), id, supersedes }
}

function withdrawal(target: ServiceEvent, withdrawnId: string, number: number): ServiceEvent {
  const { source, subject } = target
  const data = { withdrawnId, reason: 'mistake' } as const
  const withdrawn: ServiceEvent<'bina.event.withdrawn.v1'> = {
    source,
    id: `${target.id}-w${number}`,
    type: 'bina.event.withdrawn.v1',
    subject,
    occurredAtMs: target.occurredAtMs,
    time: target.time,
    data,
  }
  return at(withdrawn, target.occurredAtMs + number * hourMs)
}

function at(event: ServiceEvent, occurredAtMs: number): ServiceEvent {
  return { ...event, occurredAtMs, time: new Date(occurredAtMs).toISOString() }
}
