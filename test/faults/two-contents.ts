import type { EventToPublish } from '@bina/kafka/event-publisher'

export const bukitLama = '16.71.05.1003'
export const limaIlir = '16.71.08.1001'
const source = 'urn:test:city'

type Content = Pick<EventToPublish, 'type' | 'data'> & { readonly subject: string }

/** An event; its time is midnight before the conflicts' week where it does not matter. */
const event = (id: string, content: Content, time: string, supersedes?: string): EventToPublish =>
  ({ source, id, ...content, time, ...(supersedes === undefined ? {} : { supersedes }) }) as EventToPublish

interface Punch {
  readonly unitId?: string
  readonly person: string
  readonly date?: string
  readonly at?: string
  readonly supersedes?: string
}

export function clockIn(
  id: string,
  { unitId = bukitLama, person, date = '2026-06-09', at = '07:25', supersedes }: Punch,
) {
  const data = { unitId, personKey: `person_${person}`, workDate: date, kind: 'in', method: 'device' } as const
  const content = { type: 'bina.attendance.recorded.v1', subject: unitId, data } as const
  return event(id, content, `${date}T${at}:00+07:00`, supersedes)
}

export function complaintReceived(id: string, complaintId: string) {
  const data = { complaintId, channel: 'sp4n_lapor', kind: 'complaint', category: 'delay', slaClass: 'light' } as const
  return event(id, { type: 'bina.complaint.received.v1', subject: complaintId, data }, '2026-06-08T09:00:00+07:00')
}

export function complaintAssigned(id: string, complaintId: string, unitId: string) {
  const data = { complaintId, unitId, ruledBy: 'coordinator' } as const
  return event(id, { type: 'bina.complaint.assigned.v1', subject: complaintId, data }, '2026-06-08T10:00:00+07:00')
}

export function responded(id: string, complaintId: string, unitId: string, substantive: boolean) {
  const data = { complaintId, unitId, substantive }
  return event(id, { type: 'bina.resolution.responded.v1', subject: complaintId, data }, '2026-06-09T10:00:00+07:00')
}

export function withdrawn(id: string, withdrawnId: string) {
  const data = { withdrawnId, reason: 'mistake' } as const
  return event(id, { type: 'bina.event.withdrawn.v1', subject: bukitLama, data }, '2026-06-10T09:00:00+07:00')
}

export function unit(id: string, unitId: string) {
  const data = {
    unitId,
    name: unitId,
    unitType: 'kelurahan',
    headRole: 'Lurah',
    reportEmails: [],
    locale: 'id',
    scheduleProfile: 'office_5d',
    validFrom: '2026-06-01',
  } as const
  return event(id, { type: 'bina.directory.unit.v1', subject: unitId, data }, '2026-06-01T00:00:00+07:00')
}

export function onRoster(id: string, person: string, unitId: string) {
  const data = { personKey: `person_${person}`, unitId, scheduleProfile: 'office_5d', validFrom: '2026-06-08' }
  return event(id, { type: 'bina.directory.staff.v1', subject: unitId, data }, '2026-06-01T00:00:00+07:00')
}

/** What the city knows before anybody contradicts himself. */
export const undisputed: readonly EventToPublish[] = [
  unit('unit-bukit-lama', bukitLama),
  unit('unit-lima-ilir', limaIlir),
  ...['0001', '0002', '0003', '0004'].map((person) => clockIn(`plain-${person}`, { person: `plain_${person}` })),
  complaintReceived('received-1', 'C-1'),
]

export interface Conflict {
  readonly what: string
  /** What stands, and what loses to it. */
  readonly earlier: EventToPublish
  readonly later: EventToPublish
  readonly arrivesFirst: 'earlier' | 'later'
  /** Both records bear the same timestamp: the topic decides. */
  readonly isTie?: boolean
}

export const conflicts: readonly Conflict[] = [
  {
    what: 'another minute of the same person-day, which comes after',
    earlier: clockIn('minute-1', { person: 'minute_01', at: '07:25' }),
    later: clockIn('minute-1', { person: 'minute_01', at: '09:10' }),
    arrivesFirst: 'earlier',
  },
  {
    what: 'another minute of the same person-day, which comes before',
    earlier: clockIn('minute-2', { person: 'minute_02', at: '07:25' }),
    later: clockIn('minute-2', { person: 'minute_02', at: '09:10' }),
    arrivesFirst: 'later',
  },
  {
    what: 'another person of another unit, which comes after',
    earlier: clockIn('person-1', { person: 'right_01' }),
    later: clockIn('person-1', { person: 'wrong_01', unitId: limaIlir, date: '2026-06-10' }),
    arrivesFirst: 'earlier',
  },
  {
    what: 'another person of another unit, which comes before',
    earlier: clockIn('person-2', { person: 'right_02' }),
    later: clockIn('person-2', { person: 'wrong_02', unitId: limaIlir, date: '2026-06-10' }),
    arrivesFirst: 'later',
  },
  {
    what: 'the same person-day at another unit, which comes before',
    earlier: clockIn('unit-1', { person: 'moved_01' }),
    later: clockIn('unit-1', { person: 'moved_01', unitId: limaIlir }),
    arrivesFirst: 'later',
  },
  {
    what: 'a complaint on another topic, which comes after',
    earlier: clockIn('topic-1', { person: 'topic_01' }),
    later: complaintReceived('topic-1', 'C-wrong-1'),
    arrivesFirst: 'earlier',
  },
  {
    what: 'a clock record on another topic, which comes before',
    earlier: complaintReceived('topic-2', 'C-right-2'),
    later: clockIn('topic-2', { person: 'topic_02' }),
    arrivesFirst: 'later',
  },
  {
    what: 'a complaint of the same instant on a later topic, which comes before',
    earlier: clockIn('tie-1', { person: 'tie_0001' }),
    later: complaintReceived('tie-1', 'C-wrong-3'),
    arrivesFirst: 'later',
    isTie: true,
  },
  {
    what: 'another holder of a complaint, which comes before',
    earlier: complaintAssigned('assigned-1', 'C-1', bukitLama),
    later: complaintAssigned('assigned-1', 'C-1', limaIlir),
    arrivesFirst: 'later',
  },
  {
    what: 'a withdrawal of another event, which comes before',
    earlier: withdrawn('withdrawn-1', 'plain-0001'),
    later: withdrawn('withdrawn-1', 'plain-0002'),
    arrivesFirst: 'later',
  },
  {
    what: 'a correction of another event, which comes after',
    earlier: clockIn('corrected-1', { person: 'plain_0003', at: '07:55', supersedes: 'plain-0003' }),
    later: clockIn('corrected-1', { person: 'plain_0003', at: '07:55', supersedes: 'plain-0004' }),
    arrivesFirst: 'earlier',
  },
  {
    what: 'another unit of the directory, which comes before',
    earlier: unit('directory-1', '16.71.05.1001'),
    later: unit('directory-1', '16.71.05.1002'),
    arrivesFirst: 'later',
  },
  {
    what: 'another name on the roster, which comes before',
    earlier: onRoster('roster-1', 'right_03', bukitLama),
    later: onRoster('roster-1', 'wrong_03', limaIlir),
    arrivesFirst: 'later',
  },
]

/** Its original is gone from Kafka before the sweep comes: nothing else of the test lies on its topic. */
export const forgotten: Conflict = {
  what: 'a response to another complaint',
  earlier: responded('response-1', 'C-1', bukitLama, true),
  later: responded('response-1', 'C-right-2', limaIlir, true),
  arrivesFirst: 'later',
}
