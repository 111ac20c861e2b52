import type { CityTime } from './city-time.ts'
import type { Complaint } from './complaint.ts'
import { countedChecks, type Fact } from './facts.ts'
import type { PersonDay } from './person-day.ts'

const zeros = {
  scheduled: 0,
  present: 0,
  on_time: 0,
  full_day: 0,
  unexcused: 0,
  excused: 0,
  official_duty: 0,
  flexible_work: 0,
  lost_minutes: 0,
  checks_confirmed: 0,
  checks_failed: 0,
  complaints_received: 0,
  responses_due: 0,
  responses_on_time: 0,
  resolutions_due: 0,
  resolutions_sustained: 0,
  reopened: 0,
  audited: 0,
  audits_verified: 0,
  /** As whoever may see every day has it. */
  attendance_hidden: 0,
}

type Column = keyof typeof zeros

export type UnitDayRow = { readonly unit_id: string; readonly day: string } & Readonly<Record<Column, number>>

const statusColumn: Readonly<Record<PersonDay['status'], Column | null>> = {
  not_scheduled: null,
  outage: null,
  excused_leave: 'excused',
  official_duty: 'official_duty',
  flexible_work: 'flexible_work',
  present: 'present',
  unexcused: 'unexcused',
}

const factColumns: Readonly<Partial<Record<Fact['measure'], readonly [due: Column, met: Column]>>> = {
  S1: ['responses_due', 'responses_on_time'],
  S2: ['resolutions_due', 'resolutions_sustained'],
  S3: ['audited', 'audits_verified'],
}

export interface UnitDayInput {
  readonly personDays: readonly PersonDay[]
  readonly complaints: readonly Complaint[]
  readonly facts: readonly Fact[]
  readonly isKnown: (unitId: string) => boolean
  readonly city: CityTime
}

export function unitDayRows(input: UnitDayInput): UnitDayRow[] {
  const rows = new Map<string, { unit_id: string; day: string } & Record<Column, number>>()
  const add = (unitId: string, day: string, column: Column, amount: number) => {
    if (amount === 0 || !input.isKnown(unitId)) return
    const key = `${unitId}\n${day}`
    const row = rows.get(key) ?? { unit_id: unitId, day, ...zeros }
    rows.set(key, row)
    row[column] += amount
  }

  for (const day of input.personDays) {
    const count = (column: Column, amount: number) => add(day.unitId, day.date, column, amount)
    const column = statusColumn[day.status]
    count('scheduled', day.status === 'not_scheduled' ? 0 : 1)
    if (column !== null) count(column, 1)
    if (day.status === 'present') {
      count('on_time', day.onTime ? 1 : 0)
      count('full_day', day.fullDay ? 1 : 0)
      count('lost_minutes', Math.min(day.lateMinutes + day.earlyMinutes, 450))
    }
    for (const outcome of countedChecks(day)) count(outcome === 'confirmed' ? 'checks_confirmed' : 'checks_failed', 1)
  }
  for (const complaint of input.complaints) {
    const unitId = complaint.timeline.custodies.at(-1)?.unitId ?? complaint.aboutUnitId
    if (unitId !== null) add(unitId, input.city.dateOf(complaint.receivedMs), 'complaints_received', 1)
    for (const { atMs, custody } of complaint.timeline.reopenings) {
      if (custody !== null) add(custody.unitId, input.city.dateOf(atMs), 'reopened', 1)
    }
  }
  for (const fact of input.facts) {
    const pair = factColumns[fact.measure]
    if (pair === undefined) continue
    add(fact.unitId, fact.date, pair[0], fact.denominator)
    add(fact.unitId, fact.date, pair[1], fact.numerator)
  }
  return [...rows.values()]
}
