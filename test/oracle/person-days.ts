import type { Calendar } from './calendar.ts'
import { addDays, type CityTime } from './city-time.ts'
import type { Directory } from './directory.ts'
import { type Standing, text } from './event.ts'
import { judgePersonDay, lateClassOf, type PersonDay } from './person-day.ts'

function dateOfEvent(event: Standing, city: CityTime): string | null {
  switch (event.type) {
    case 'bina.attendance.recorded.v1':
    case 'bina.attendance.status-set.v1':
      return text(event, 'workDate')
    case 'bina.attendance.spot-checked.v1':
      return city.dateOf(event.atMs)
    default:
      return null
  }
}

type Named = Map<string, Map<string, Standing[]>>

/** Events by person and date. */
function namedDays(events: readonly Standing[], city: CityTime): Named {
  const named: Named = new Map()
  for (const event of events) {
    const date = dateOfEvent(event, city)
    if (date === null) continue
    const personKey = text(event, 'personKey')
    const days = named.get(personKey) ?? new Map<string, Standing[]>()
    named.set(personKey, days)
    const ofDay = days.get(date) ?? []
    days.set(date, ofDay)
    ofDay.push(event)
  }
  return named
}

/**
 * A day on which not one of five or more scheduled persons of a unit has a record is taken for an outage
 * until the city says otherwise.
 */
function withSuspectedOutages(days: readonly PersonDay[]): PersonDay[] {
  const unitDays = new Map<string, { scheduled: number; recorded: boolean }>()
  for (const day of days) {
    if (day.dayOff) continue
    const key = `${day.unitId}\n${day.date}`
    const seen = unitDays.get(key) ?? { scheduled: 0, recorded: false }
    seen.scheduled += 1
    seen.recorded ||= day.hasRecord
    unitDays.set(key, seen)
  }
  return days.map((day) => {
    const seen = unitDays.get(`${day.unitId}\n${day.date}`)
    const suspected = seen !== undefined && seen.scheduled >= 5 && !seen.recorded
    return suspected && !day.dayOff ? { ...day, status: 'outage' } : day
  })
}

/** All person-days of days that have ended: those that an event names, and the absences of rostered people. */
export function personDaysOf(
  events: readonly Standing[],
  directory: Directory,
  calendar: Calendar,
  city: CityTime,
  nowMs: number,
): PersonDay[] {
  const today = city.dateOf(nowMs)
  const named = namedDays(events, city)
  const days: PersonDay[] = []
  for (const [personKey, dates] of named) {
    for (const [date, ofDay] of dates) {
      const latest = ofDay.at(-1)
      if (date >= today || latest === undefined) continue
      const unitId = directory.rosterUnitOn(personKey, date) ?? text(latest, 'unitId')
      days.push(judgePersonDay({ unitId, personKey, date, events: ofDay }, calendar))
    }
  }
  for (const { personKey, firstDay } of directory.rosteredPeople()) {
    for (let date = firstDay; date < today; date = addDays(date, 1)) {
      if (calendar.shiftOn(date) === null || named.get(personKey)?.has(date)) continue
      const unitId = directory.rosterUnitOn(personKey, date)
      if (unitId === null) continue
      days.push(judgePersonDay({ unitId, personKey, date, events: [] }, calendar))
    }
  }
  return withSuspectedOutages(days.filter((day) => directory.isKnown(day.unitId)))
}

export interface PersonDayRow {
  readonly unit_id: string
  readonly person_key: string
  readonly work_date: string
  readonly status: string
  readonly late_minutes: number
  readonly early_minutes: number
  readonly late_class: string
  readonly early_class: string
  readonly made_up: number
  readonly retroactive: number
  readonly manual_record: number
}

export function personDayRow(day: PersonDay): PersonDayRow {
  return {
    unit_id: day.unitId,
    person_key: day.personKey,
    work_date: day.date,
    status: day.status,
    late_minutes: day.lateMinutes,
    early_minutes: day.earlyMinutes,
    late_class: lateClassOf(day.lateMinutes, 'TL'),
    early_class: lateClassOf(day.earlyMinutes, 'PSW'),
    made_up: day.madeUp ? 1 : 0,
    retroactive: day.retroactive ? 1 : 0,
    manual_record: day.manual ? 1 : 0,
  }
}
