import type { ServiceEvent } from '@bina/events/service-event'

/**
 * Complaints that nobody was given, or only after they were due: naming a unit or none, answered, excluded and severe ones among them.
 * All received on one Monday, two working days each.
 */
export function unheldComplaints(monday: string, unitId: string, other: string): readonly ServiceEvent[] {
  const events: ServiceEvent[] = []
  const day = (n: number) => new Date(Date.parse(monday) + n * 86_400_000).toISOString().slice(0, 10)
  const tell = (complaintId: string, name: string, dayNumber: number, data: object) => {
    const time = `${day(dayNumber)}T10:00:00+07:00`
    events.push({
      ...{ source: 'urn:test:unheld', id: `unheld-${events.length}`, type: `bina.${name}.v1`, subject: complaintId },
      ...{ time, occurredAtMs: Date.parse(time), data: { complaintId, ...data } },
    } as ServiceEvent)
  }
  const about = [
    { name: 'named', more: { unitId } },
    { name: 'nameless', more: {} },
  ] as const
  for (const { name, more } of about) {
    const receive = (complaintId: string, data: object = {}) => {
      const common = { channel: 'web', kind: 'complaint', category: 'delay', slaClass: 'light' }
      tell(complaintId, 'complaint.received', 0, { ...common, ...more, ...data })
      return complaintId
    }
    receive(`${name}-forgotten`)
    receive(`${name}-fee`, { category: 'illegal_fee' })
    receive(`${name}-wish`, { kind: 'suggestion' })
    tell(receive(`${name}-excluded`), 'complaint.excluded', 1, { reason: 'not_ours', ruledBy: 'coordinator' })
    tell(receive(`${name}-answered`), 'resolution.resolved', 1, { unitId: other, outcome: 'answered' })
    tell(receive(`${name}-answered-late`), 'resolution.resolved', 9, { unitId: other, outcome: 'fixed' })
    tell(receive(`${name}-given`), 'complaint.assigned', 1, { unitId: other, ruledBy: 'coordinator' })
    tell(receive(`${name}-given-late`), 'complaint.assigned', 16, { unitId: other, ruledBy: 'coordinator' })
    tell(`${name}-given-late`, 'resolution.resolved', 22, { unitId: other, outcome: 'fixed' })
  }
  return events
}
