import { addDays, isoWeekday } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import type { EventToPublish } from '@bina/kafka/event-publisher'

// A small city under a heavy load: what is sent depends on the event's number alone, so that who checks it needs to keep no copy.

const units = 30
const staffPerUnit = 20
const weeks = 3
/** Events in a row that belong together: the clock records of one person-day, and one complaint. */
const groupSize = 20
const clockRecords = 16
export const loadSource = 'urn:test:load'

export interface LoadCity {
  readonly unitIds: readonly string[]
  /** Of the units whose heads get reports. */
  readonly addresses: readonly string[]
  readonly directory: readonly EventToPublish[]
  /** The n-th event; its id sorts by n. */
  readonly event: (n: number) => EventToPublish
}

export const loadEventId = (n: number) => `load-${String(n).padStart(9, '0')}`

/** The last three weeks before today, Monday to Friday. */
export function createLoadCity(today: string): LoadCity {
  const firstDay = addDays(mondayOf(today), -7 * weeks)
  const days = Array.from({ length: weeks * 7 }, (_, day) => addDays(firstDay, day)).filter(
    (date) => isoWeekday(date) <= 5,
  )
  const unitIds = Array.from(
    { length: units },
    (_, at) => `16.71.${String(1 + Math.floor(at / 10)).padStart(2, '0')}.${1001 + (at % 10)}`,
  )
  const addressOf = (at: number) => `lurah.${at}@palembang.example`
  const withReports = 6
  const knownSince = addDays(firstDay, -140)
  const directory = unitIds.flatMap((unitId, at) => [
    event('bina.directory.unit.v1', `unit-${unitId}`, unitId, `${knownSince}T00:00:00+07:00`, {
      ...{ unitId, name: `Kelurahan ${at}`, unitType: 'kelurahan', headRole: 'Lurah', locale: 'id' },
      ...{ reportEmails: at < withReports ? [addressOf(at)] : [] },
      ...{ scheduleProfile: 'office_5d', validFrom: knownSince },
    }),
    ...Array.from({ length: staffPerUnit }, (_, person) =>
      event('bina.directory.staff.v1', `staff-${at}-${person}`, unitId, `${knownSince}T00:00:00+07:00`, {
        ...{ personKey: personOf(at, person), unitId, scheduleProfile: 'office_5d', validFrom: firstDay },
      }),
    ),
  ])
  return {
    unitIds,
    addresses: unitIds.slice(0, withReports).map((_, at) => addressOf(at)),
    directory,
    event: (n) => {
      const group = Math.floor(n / groupSize)
      const at = n % groupSize
      const drawn = spread(group)
      const unit = drawn % units
      const unitId = unitIds[unit] ?? ''
      const place = Math.floor(drawn / units)
      if (at < clockRecords) {
        const day = days[Math.floor(place / staffPerUnit) % days.length] ?? ''
        const kind = at % 2 === 0 ? 'in' : 'out'
        const time = `${day}T${kind === 'in' ? '07' : '16'}:${String((n * 7) % 60).padStart(2, '0')}:00+07:00`
        const data = {
          ...{ unitId, personKey: personOf(unit, place % staffPerUnit), workDate: day, kind },
          method: 'device',
        }
        return event('bina.attendance.recorded.v1', loadEventId(n), unitId, time, data)
      }
      const day = days[place % (days.length - 5)] ?? ''
      return complaintEvent(loadEventId(n), at - clockRecords, `load-${group}`, unitId, day)
    },
  }
}

function complaintEvent(id: string, step: number, complaintId: string, unitId: string, day: string): EventToPublish {
  const tell = (type: EventToPublish['type'], time: string, data: object) =>
    event(type, id, complaintId, time, { complaintId, ...data })
  switch (step) {
    case 0: {
      const about = { channel: 'web', kind: 'complaint', category: 'delay', slaClass: 'light' }
      return tell('bina.complaint.received.v1', `${day}T08:00:00+07:00`, about)
    }
    case 1:
      return tell('bina.complaint.assigned.v1', `${day}T09:00:00+07:00`, { unitId, ruledBy: 'coordinator' })
    case 2:
      return tell('bina.resolution.responded.v1', `${day}T11:00:00+07:00`, { unitId, substantive: true })
    default: {
      const late = spread(Number(complaintId.slice(5))) % 5
      const time = `${addDays(day, late)}T10:00:00+07:00`
      return tell('bina.resolution.resolved.v1', time, { unitId, outcome: 'fixed' })
    }
  }
}

const personOf = (unit: number, at: number) => `person-${unit}-${at}`

/** Spreads whole numbers, the same on every machine. */
const spread = (n: number) => Math.imul(n + 1, 2_654_435_761) >>> 0

const event = (type: EventToPublish['type'], id: string, subject: string, time: string, data: object) =>
  ({ source: loadSource, id, type, subject, time, data }) as EventToPublish // type and data are written side by side
