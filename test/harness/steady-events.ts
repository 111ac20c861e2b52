import { addDays, isoWeekday, type PlainDate } from '@bina/domain/plain-date'
import type { EventToPublish } from '@bina/kafka/event-publisher'

// A small city whose past weeks keep changing: clock records and complaints that come in late.

export const probeWeek = '2026-04-20'
const firstWeek = addDays(probeWeek, 7)
const weeks = 7
const staffPerUnit = 10
const source = 'urn:test:steady'

export const steadyUnits: readonly string[] = Array.from(
  { length: 60 },
  (_, at) => `16.71.${String(1 + Math.floor(at / 10)).padStart(2, '0')}.${1001 + (at % 10)}`,
)

const workingDays = Array.from({ length: weeks * 7 }, (_, day) => addDays(firstWeek, day)).filter(
  (date) => isoWeekday(date) <= 5,
)
const personOf = (unit: number, at: number) => `person-${unit}-${at}`
const event = (type: EventToPublish['type'], id: string, subject: string, time: string, data: object) =>
  ({ source, id, type, subject, time, data }) as EventToPublish // type and data are written side by side below

/** What the city is known to have before the load: units and rosters. */
export function steadyDirectory(): readonly EventToPublish[] {
  return steadyUnits.flatMap((unitId, unit) => [
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
  ])
}

/** The n-th event of the load: of ten, eight are clock records and two belong to complaints, over all units and past weeks. */
export function steadyEvent(n: number): EventToPublish {
  return n % 10 < 8 ? clockRecord(n) : complaintEvent(Math.floor(n / 10) * 2 + (n % 10) - 8)
}

/** Spreads whole numbers, the same on every machine. */
const spread = (n: number) => Math.imul(n + 1, 2_654_435_761) >>> 0

/** Two records a person-day, in and out. */
function clockRecord(n: number): EventToPublish {
  const personDay = spread(Math.floor(n / 2))
  const unit = personDay % steadyUnits.length
  const unitId = steadyUnits[unit] ?? ''
  const personKey = personOf(unit, Math.floor(personDay / steadyUnits.length) % staffPerUnit)
  const workDate = workingDays[Math.floor(personDay / (steadyUnits.length * staffPerUnit)) % workingDays.length] ?? ''
  const kind = n % 2 === 0 ? 'in' : 'out'
  const time = `${workDate}T${kind === 'in' ? '07' : '16'}:${String(n % 60).padStart(2, '0')}:00+07:00`
  const data = { unitId, personKey, workDate, kind, method: 'device' }
  return event('bina.attendance.recorded.v1', `clock-${n}`, unitId, time, data)
}

/** Three events a complaint: received, assigned the same hour, resolved some days later. */
function complaintEvent(n: number): EventToPublish {
  const number = Math.floor(n / 3)
  const complaintId = `steady-${number}`
  const unitId = steadyUnits[spread(number) % steadyUnits.length] ?? ''
  const received = workingDays[Math.floor(spread(number) / steadyUnits.length) % (workingDays.length - 10)] ?? ''
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

/** Somebody whom no roster names clocked in at this unit in the probe week: one person-day more in A1 of that week. */
export function probeEvent(n: number): { readonly unitId: string; readonly event: EventToPublish } {
  const unitId = steadyUnits[n % steadyUnits.length] ?? ''
  const workDate: PlainDate = addDays(probeWeek, 2)
  const data = { unitId, personKey: `probe-${String(n).padStart(8, '0')}`, workDate, kind: 'in', method: 'device' }
  return {
    unitId,
    event: event('bina.attendance.recorded.v1', `probe-${n}`, unitId, `${workDate}T07:20:00+07:00`, data),
  }
}
