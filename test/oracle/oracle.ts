import { areaRows, citizenBacklog, citizenFacts, nobody, nobodysReceipt, weighedChecks } from './areas.ts'
import { createCalendar } from './calendar.ts'
import { createCityTime, mondayOf, mondayOfWeekNumber, weekNumberOf } from './city-time.ts'
import { coachingFacts } from './coaching.ts'
import { type Complaint, complaintOf } from './complaint.ts'
import { type ComplaintCustodyRow, type ComplaintRow, complaintRow, custodyRows } from './complaint-rows.ts'
import { createDirectory } from './directory.ts'
import { type OracleEvent, type Standing, text } from './event.ts'
import { attendanceFacts, complaintFacts } from './facts.ts'
import { measureRows, type PersonCorrelation, type UnitWeekMeasureRow } from './measures.ts'
import { type PersonDayRow, personDayRow, personDaysOf } from './person-days.ts'
import { scoreRows, type UnitWeekScoreRow } from './scores.ts'
import { backlogCounts, cutOffMs } from './stale-backlog.ts'
import { standingOf } from './standing.ts'
import { createTally } from './tally.ts'
import { durationRows, type UnitWeekDurationRow } from './time-to-resolve.ts'
import { type UnitDayRow, unitDayRows } from './unit-days.ts'
import { type UnitRow, unitRows } from './units.ts'
import { winnersOf } from './winners.ts'

export interface OracleInput {
  /** Accepted events, repeats and all, in any order. */
  readonly events: Iterable<OracleEvent>
  readonly nowMs: number
  /** IANA name of the city's zone. */
  readonly zone: string
  readonly policyVersion?: string | undefined
  /** How alike days of one person are, by the Monday of a week; not at all when absent. */
  readonly personCorrelationOn?: ((week: string) => PersonCorrelation) | undefined
}

/** The tables of the contract, each in the order of its keys. */
export interface OracleTables {
  readonly unit: readonly UnitRow[]
  readonly complaint: readonly ComplaintRow[]
  readonly complaint_custody: readonly ComplaintCustodyRow[]
  readonly person_day: readonly PersonDayRow[]
  readonly unit_day: readonly UnitDayRow[]
  readonly unit_week_measure: readonly UnitWeekMeasureRow[]
  readonly unit_week_score: readonly UnitWeekScoreRow[]
  readonly unit_week_duration: readonly UnitWeekDurationRow[]
}

function byComplaint(events: readonly Standing[]): Map<string, Standing[]> {
  const groups = new Map<string, Standing[]>()
  for (const event of events) {
    if (!event.type.startsWith('bina.complaint.') && !event.type.startsWith('bina.resolution.')) continue
    const complaintId = text(event, 'complaintId')
    const group = groups.get(complaintId) ?? []
    groups.set(complaintId, group)
    group.push(event)
  }
  return groups
}

function sorted<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row)
}

export function calculateTables(input: OracleInput): OracleTables {
  const { nowMs, policyVersion = '1', personCorrelationOn = () => ({ A1: 0, A2: 0, A3: 0 }) } = input
  const city = createCityTime(input.zone)
  const calendar = createCalendar(city)
  const events = standingOf(winnersOf(input.events))
  const directory = createDirectory(events)
  const { isKnown } = directory

  const personDays = personDaysOf(events, directory, calendar, city, nowMs)
  const complaints = [...byComplaint(events).values()]
    .map((group) => complaintOf(group, { calendar, city, nowMs }))
    .filter((complaint): complaint is Complaint => complaint !== null)
  const facts = [
    ...attendanceFacts(personDays),
    ...[
      ...complaints.flatMap((complaint) => complaintFacts(complaint, calendar, city, nowMs)),
      ...coachingFacts(events, city, nowMs),
    ].filter((fact) => isKnown(fact.unitId)),
  ]
  const backlog = complaints
    .flatMap((complaint) => backlogCounts(complaint, city, nowMs))
    .filter((count) => isKnown(count.unitId))
  const lookMs = (week: number) => cutOffMs(mondayOfWeekNumber(week), city, nowMs)
  const tally = createTally(facts, backlog, personDays, { nowMs, lookMs })
  const currentWeek = weekNumberOf(mondayOf(city.dateOf(nowMs)))

  // Areas: whole complaints by the citizen's clock, checks by their weights, coaching where it was received.
  const areaFacts = [
    ...facts.filter(({ measure }) => !['S1', 'S2', 'K1', 'K2', 'K3', 'C1'].includes(measure)),
    ...[
      ...complaints.flatMap((complaint) => citizenFacts(complaint, city, nowMs)),
      ...complaints.flatMap((complaint) => nobodysReceipt(complaint, city)),
      ...coachingFacts(events, city, nowMs, false).filter(({ measure }) => measure.startsWith('K')),
    ].filter((fact) => fact.unitId === nobody || isKnown(fact.unitId)),
  ]
  const areaBacklog = complaints
    .flatMap((complaint) => citizenBacklog(complaint, city, nowMs))
    .filter(({ unitId }) => unitId === nobody || isKnown(unitId))
  const areas = areaRows({
    directory,
    tally: createTally(areaFacts, areaBacklog, [], { nowMs, lookMs }),
    checks: weighedChecks(personDays),
    firstWeek: areaFacts.reduce((first, { date }) => Math.min(first, weekNumberOf(date)), currentWeek),
    currentWeek,
    policyVersion,
    rhoOf: personCorrelationOn,
  })

  const supporters = new Map<string, number>()
  for (const { timeline } of complaints) {
    const into = timeline.exclusion?.mergedInto
    if (into !== undefined) supporters.set(into, (supporters.get(into) ?? 0) + 1)
  }
  const supportersOf = ({ complaintId }: Complaint) => supporters.get(complaintId) ?? 0
  const shown = complaints.filter((complaint) => !complaint.events.some((event) => event.erased))
  return {
    unit: unitRows(directory, city.dateOf(nowMs)),
    complaint: sorted(
      shown.map((complaint) => complaintRow(complaint, supportersOf(complaint), nowMs)),
      (row) => row.complaint_id,
    ),
    complaint_custody: sorted(shown.flatMap(custodyRows), (row) => `${row.complaint_id} ${row.from_at} ${row.unit_id}`),
    person_day: sorted(
      personDays.filter((day) => !day.erased).map(personDayRow),
      (row) => `${row.unit_id} ${row.work_date} ${row.person_key}`,
    ),
    unit_day: sorted(
      unitDayRows({ personDays, complaints, facts, isKnown, city }),
      (row) => `${row.unit_id} ${row.day}`,
    ),
    unit_week_measure: sorted(
      [...measureRows(directory.unitIds(), tally, currentWeek, policyVersion, personCorrelationOn), ...areas],
      (row) => `${row.unit_id} ${row.scope} ${row.week} ${row.measure} ${row.window}`,
    ),
    unit_week_score: sorted(
      scoreRows(directory, tally, currentWeek, city, nowMs, policyVersion, personCorrelationOn),
      (row) => `${row.unit_id} ${row.week} ${row.score}`,
    ),
    unit_week_duration: sorted(
      durationRows({ complaints, calendar, city, isKnown, currentWeek, nowMs, policyVersion }),
      (row) => `${row.unit_id} ${row.week}`,
    ),
  }
}
