import type { EventData, EventType } from '@bina/events/service-event'
import type { KnownEvent, KnownEventOf } from './known-event.ts'
import { at } from './test-city.ts'

// Tests only: short ways to say what happened.

export const PERSON = 'p-0123456789'
export const COMPLAINT = 'c-1'

interface Envelope {
  readonly id?: string
  readonly supersedes?: string
}

/** An event of a wall time in the city; without an id its type and time name it. */
export function event<T extends EventType>(
  type: T,
  wallTime: string,
  data: EventData[T],
  { id = `${type} ${wallTime}`, supersedes }: Envelope = {},
): KnownEventOf<T> {
  const occurredAtMs = at(wallTime)
  return {
    source: '/test',
    id,
    type,
    occurredAtMs,
    ingestedAtMs: occurredAtMs,
    ...(supersedes === undefined ? {} : { supersedes }),
    data,
  }
}

export function withdrawal(wallTime: string, withdrawnId: string, envelope?: Envelope): KnownEvent {
  return event('bina.event.withdrawn.v1', wallTime, { withdrawnId, reason: 'mistake' }, envelope)
}

// A person's day

export interface PunchOptions extends Envelope {
  readonly unitId?: string
  readonly workDate?: string
  readonly method?: 'device' | 'app' | 'manual'
}

export function clock(kind: 'in' | 'out', wallTime: string, options: PunchOptions = {}): KnownEvent {
  const { unitId = 'A', workDate = wallTime.slice(0, 10), method = 'device', ...envelope } = options
  const data = { unitId, personKey: PERSON, workDate, kind, method }
  return event('bina.attendance.recorded.v1', wallTime, data, { id: `clock ${kind} ${wallTime}`, ...envelope })
}

export type StatusData = EventData['bina.attendance.status-set.v1']

export function statusSet(wallTime: string, data: Partial<StatusData>, envelope?: Envelope): KnownEvent {
  const whole: StatusData = {
    unitId: 'A',
    personKey: PERSON,
    workDate: wallTime.slice(0, 10),
    status: 'excused_leave',
    setBy: 'city',
    ...data,
  }
  return event('bina.attendance.status-set.v1', wallTime, whole, envelope)
}

export type CheckOutcome = EventData['bina.attendance.spot-checked.v1']['outcome']

export function spotCheck(wallTime: string, outcome: CheckOutcome, checkId = `check ${wallTime}`): KnownEvent {
  const data = { unitId: 'A', personKey: PERSON, checkId, medium: 'video', outcome } as const
  return event('bina.attendance.spot-checked.v1', wallTime, data)
}

// A complaint's life

export type ReceivedData = EventData['bina.complaint.received.v1']

/** A delay complained about at a counter, to be settled in five working days unless told otherwise. */
export function received(wallTime: string, data: Partial<ReceivedData> = {}, envelope?: Envelope): KnownEvent {
  const whole: ReceivedData = {
    complaintId: COMPLAINT,
    channel: 'walk_in',
    kind: 'complaint',
    category: 'delay',
    slaClass: 'normative',
    ...data,
  }
  return event('bina.complaint.received.v1', wallTime, whole, envelope)
}

export function verified(
  wallTime: string,
  data: Omit<EventData['bina.complaint.verified.v1'], 'complaintId'>,
  envelope?: Envelope,
): KnownEvent {
  return event('bina.complaint.verified.v1', wallTime, { complaintId: COMPLAINT, ...data }, envelope)
}

export type Ruling = 'unit' | 'coordinator'

export function assigned(wallTime: string, unitId: string, ruledBy: Ruling = 'coordinator'): KnownEvent {
  return event('bina.complaint.assigned.v1', wallTime, { complaintId: COMPLAINT, unitId, ruledBy })
}

export function excluded(
  wallTime: string,
  reason: 'invalid' | 'not_ours' | 'withdrawn' | 'duplicate',
  ruledBy: Ruling = 'coordinator',
): KnownEvent {
  const data =
    reason === 'duplicate'
      ? { complaintId: COMPLAINT, reason, mergedInto: 'c-0', ruledBy }
      : { complaintId: COMPLAINT, reason, ruledBy }
  return event('bina.complaint.excluded.v1', wallTime, data, { id: `excluded ${wallTime}` })
}

export function waiting(wallTime: string, contactLogged = true): KnownEvent {
  return event('bina.complaint.waiting.v1', wallTime, { complaintId: COMPLAINT, contactLogged })
}

export function resumed(wallTime: string): KnownEvent {
  return event('bina.complaint.resumed.v1', wallTime, { complaintId: COMPLAINT })
}

export function responded(wallTime: string, unitId = 'A', substantive = true): KnownEvent {
  return event('bina.resolution.responded.v1', wallTime, { complaintId: COMPLAINT, unitId, substantive })
}

export type ResolvedOutcome = EventData['bina.resolution.resolved.v1']['outcome']

export function resolved(wallTime: string, unitId = 'A', outcome: ResolvedOutcome = 'fixed'): KnownEvent {
  return event('bina.resolution.resolved.v1', wallTime, { complaintId: COMPLAINT, unitId, outcome })
}

export function reopened(wallTime: string, by: 'reporter' | 'coordinator' = 'reporter'): KnownEvent {
  return event('bina.resolution.reopened.v1', wallTime, { complaintId: COMPLAINT, by })
}

export type AuditData = EventData['bina.resolution.audited.v1']

export function audited(wallTime: string, data: Partial<AuditData> = {}): KnownEvent {
  const whole: AuditData = {
    complaintId: COMPLAINT,
    unitId: 'A',
    auditId: `audit ${wallTime}`,
    method: 'visit',
    result: 'verified',
    ...data,
  }
  return event('bina.resolution.audited.v1', wallTime, whole)
}

export type Answers = EventData['bina.resolution.rated.v1']['answers']

export function rated(wallTime: string, unitId: string, answers: Answers): KnownEvent {
  return event('bina.resolution.rated.v1', wallTime, { complaintId: COMPLAINT, unitId, answers })
}

export function invited(wallTime: string, unitId: string): KnownEvent {
  return event('bina.resolution.rating-invited.v1', wallTime, { complaintId: COMPLAINT, unitId })
}
