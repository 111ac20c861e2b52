import { addDays, isoWeekday, type PlainDate } from '@bina/domain/plain-date'
import type { EventToPublish } from '@bina/kafka/event-publisher'

export interface SteadyEvents {
  readonly units: readonly string[]
  /** What the city is known to have before the load: units and rosters. */
  directory(): readonly EventToPublish[]
  /** The n-th event of the load: of ten, eight are clock records and two belong to complaints, over all units and past weeks. */
  event(n: number): EventToPublish
  /** Somebody whom no roster names clocked in at this unit in the probe week: one person-day more in A1 of that week. */
  probe(n: number): { readonly unitId: string; readonly id: string; readonly event: EventToPublish }
}

const weeks = 7
const staffPerUnit = 10
export const steadySource = 'urn:bina:steady'

/** A city whose past weeks keep changing: clock records and complaints that come in late, over the seven weeks after the probe week. */
export function steadyEvents({
  probeWeek,
  units: count,
}: {
  readonly probeWeek: PlainDate
  readonly units: number
}): SteadyEvents {
  const firstWeek = addDays(probeWeek, 7)
  const units = Array.from(
    { length: count },
    (_, at) => `16.71.${String(1 + Math.floor(at / 10)).padStart(2, '0')}.${1001 + (at % 10)}`,
  )
  const workingDays = Array.from({ length: weeks * 7 }, (_, day) => addDays(firstWeek, day)).filter(
    (date) => isoWeekday(date) <= 5,
  )
  return {
    units,
    directory: () =>
      units.flatMap((unitId, unit) => [
        event('bina.directory.unit.v1', `unit-${unitId}`, unitId, '2026-01-01T00:00:00+07:00', {
          unitId,
          name: `Kelurahan ${unit}`,
          unitType: 'kelurahan',
          headRole: 'Lurah',
          reportEmails: [],
          locale: 'id',
          scheduleProfile: 'office_5d',
          validFrom: '2026-01-01',
        }),
        ...Array.from({ length: staffPerUnit }, (_, at) =>
          event('bina.directory.staff.v1', `staff-${unit}-${at}`, unitId, '2026-01-01T00:00:00+07:00', {
            unitId,
            personKey: personOf(unit, at),
            scheduleProfile: 'office_5d',
            validFrom: firstWeek,
          }),
        ),
      ]),
    event: (n) =>
      n % 10 < 8
        ? clockRecord(n, units, workingDays)
        : complaintEvent(Math.floor(n / 10) * 2 + (n % 10) - 8, units, workingDays),
    probe: (n) => {
      const unitId = units[n % units.length] ?? ''
      const workDate = addDays(probeWeek, 2)
      const id = `probe-${n}`
      const data = { unitId, personKey: `probe-${String(n).padStart(8, '0')}`, workDate, kind: 'in', method: 'device' }
      return { unitId, id, event: event('bina.attendance.recorded.v1', id, unitId, `${workDate}T07:20:00+07:00`, data) }
    },
  }
}

const personOf = (unit: number, at: number) => `person-${unit}-${at}`
const event = (type: EventToPublish['type'], id: string, subject: string, time: string, data: object) =>
  ({ source: steadySource, id, type, subject, time, data }) as EventToPublish // type and data are written side by side

/** Spreads whole numbers, the same on every machine. */
const spread = (n: number) => Math.imul(n + 1, 2_654_435_761) >>> 0

/** Two records a person-day, in and out. */
function clockRecord(n: number, units: readonly string[], workingDays: readonly PlainDate[]): EventToPublish {
  const personDay = spread(Math.floor(n / 2))
  const unit = personDay % units.length
  const unitId = units[unit] ?? ''
  const personKey = personOf(unit, Math.floor(personDay / units.length) % staffPerUnit)
  const workDate = workingDays[Math.floor(personDay / (units.length * staffPerUnit)) % workingDays.length] ?? ''
  const kind = n % 2 === 0 ? 'in' : 'out'
  const time = `${workDate}T${kind === 'in' ? '07' : '16'}:${String(n % 60).padStart(2, '0')}:00+07:00`
  const data = { unitId, personKey, workDate, kind, method: 'device' }
  return event('bina.attendance.recorded.v1', `clock-${n}`, unitId, time, data)
}

/** Three events a complaint: received, assigned the same hour, resolved some days later. */
function complaintEvent(n: number, units: readonly string[], workingDays: readonly PlainDate[]): EventToPublish {
  const number = Math.floor(n / 3)
  const complaintId = `steady-${number}`
  const unitId = units[spread(number) % units.length] ?? ''
  const received = workingDays[Math.floor(spread(number) / units.length) % (workingDays.length - 10)] ?? ''
  switch (n % 3) {
    case 0: {
      const data = { complaintId, channel: 'web', kind: 'complaint', category: 'delay', slaClass: 'light' }
      return event('bina.complaint.received.v1', `${complaintId}-1`, complaintId, `${received}T08:00:00+07:00`, data)
    }
    case 1: {
      const data = { complaintId, unitId, ruledBy: 'coordinator' }
      return event('bina.complaint.assigned.v1', `${complaintId}-2`, complaintId, `${received}T09:00:00+07:00`, data)
    }
    default: {
      const time = `${addDays(received, number % 5)}T10:00:00+07:00`
      const data = { complaintId, unitId, outcome: 'fixed' }
      return event('bina.resolution.resolved.v1', `${complaintId}-3`, complaintId, time, data)
    }
  }
}
