import type { EventToPublish } from '@bina/kafka/event-publisher'

export const bukitLama = '16.71.05.1003'
export const limaIlir = '16.71.08.1001'
/** Of all of these. */
const source = 'urn:test:city'

type Content = Pick<EventToPublish, 'type' | 'data'> & { readonly subject: string }

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

export function unit(id: string, unitId: string, scheduleProfile = 'office_5d') {
  const data = {
    unitId,
    name: unitId,
    unitType: 'kelurahan',
    headRole: 'Lurah',
    reportEmails: [],
    locale: 'id',
    scheduleProfile,
    validFrom: '2026-06-01',
  } as const
  return event(id, { type: 'bina.directory.unit.v1', subject: unitId, data }, '2026-06-01T00:00:00+07:00')
}

export function onRoster(id: string, person: string, unitId: string) {
  const data = { personKey: `person_${person}`, unitId, scheduleProfile: 'office_5d', validFrom: '2026-06-08' }
  return event(id, { type: 'bina.directory.staff.v1', subject: unitId, data }, '2026-06-01T00:00:00+07:00')
}
