import type { ServiceEvent } from '@bina/events/service-event'

const unitId = 'upt:terminal-mati'
const people = [1, 2, 3, 4, 5, 6].map((n) => `terminal-mati-${n}`)

export interface SilentOffice {
  readonly events: readonly ServiceEvent[]
  /** Days that are to be suspected outages, by unit and date. */
  readonly suspected: readonly { readonly unit_id: string; readonly day: string; readonly persons: number }[]
}

/**
 * An office of six whose terminal falls silent, for two weeks from a Monday on: what is a suspected outage, what comes close to one, and
 * what ends the suspicion. Without a day off in either week.
 */
export function silentOffice(monday: string): SilentOffice {
  const events: ServiceEvent[] = []
  const day = (n: number) => new Date(Date.parse(monday) + n * 86_400_000).toISOString().slice(0, 10)
  const tell = (type: ServiceEvent['type'], time: string, data: object) => {
    const id = `silent-${events.length}`
    events.push({
      ...{ source: 'urn:test:silent', id, type, subject: unitId, time },
      ...{ occurredAtMs: Date.parse(time), data },
    } as ServiceEvent)
  }
  const clock = (personKey: string, date: string, kind: 'in' | 'out', at: string) =>
    tell('bina.attendance.recorded.v1', `${date}T${at}:00+07:00`, {
      ...{ unitId, personKey, workDate: date, kind, method: 'device' },
    })
  const status = (personKey: string, date: string, data: object) =>
    tell('bina.attendance.status-set.v1', `${date}T15:00:00+07:00`, { unitId, personKey, workDate: date, ...data })

  tell('bina.directory.unit.v1', `${monday}T00:00:00+07:00`, {
    ...{ unitId, name: 'Terminal Mati', unitType: 'upt', headRole: 'Kepala UPT', reportEmails: [] },
    ...{ locale: 'id', scheduleProfile: 'office_5d', validFrom: monday },
  })
  // The sixth leaves after the first week, the fifth after the Wednesday of the second.
  const lastDays = [undefined, undefined, undefined, undefined, day(9), day(6)]
  for (const [at, personKey] of people.entries()) {
    const validTo = lastDays[at]
    tell('bina.directory.staff.v1', `${monday}T00:00:00+07:00`, {
      ...{ personKey, unitId, scheduleProfile: 'office_5d', validFrom: monday },
      ...(validTo === undefined ? {} : { validTo }),
    })
  }
  const [first = '', second = ''] = people
  // Monday: all come. Tuesday: silence. Wednesday: one single clock-out. Thursday: a spot check alone. Friday: the unit declares an outage.
  for (const personKey of people) {
    clock(personKey, day(0), 'in', personKey === first ? '07:40' : '07:20')
    clock(personKey, day(0), 'out', '16:10')
  }
  clock(second, day(2), 'out', '16:05')
  tell('bina.attendance.spot-checked.v1', `${day(3)}T10:00:00+07:00`, {
    ...{ unitId, personKey: first, checkId: 'silent', medium: 'video', outcome: 'confirmed' },
  })
  status(first, day(4), { status: 'outage', setBy: 'unit' })
  // Saturday: one clock record on a day off. Next Monday, five are left: silence. Tuesday: the city says who was absent. Wednesday: the
  // city declares the outage of one. Thursday, four are left: too few to tell. Friday: two come.
  clock(first, day(5), 'in', '09:00')
  status(first, day(8), { status: 'unexcused', setBy: 'city' })
  status(first, day(9), { status: 'outage', setBy: 'city' })
  clock(first, day(11), 'in', '07:20')
  clock(second, day(11), 'in', '07:20')
  const suspected = [
    ...[day(1), day(3), day(4)].map((date) => ({ unit_id: unitId, day: date, persons: 6 })),
    { unit_id: unitId, day: day(7), persons: 5 },
  ]
  return { events, suspected }
}
