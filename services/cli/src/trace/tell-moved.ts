import type { CountedFact, KnownUnit } from '@bina/clickhouse/moved-figures'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { isoWeekName } from '@bina/domain/week'
import { dateIn, instantOf } from '@bina/domain/zone'
import { localTime } from '../local-time.ts'
import { textTable } from '../text-table.ts'
import { coachingLine, coachingWaits } from './tell-coaching.ts'
import type { Moved, Trace, UnitFigures } from './trace-result.ts'

interface City {
  readonly zone: string
  readonly nowMs: number
}

const shownWeeks = 6

/** A row that the event came to, what counts it, and how those figures stand. Counts, never a percentage: most are small. */
export function tellMoved(moved: Moved, trace: Trace, city: City): readonly string[] {
  switch (moved.what) {
    case 'person_day':
      if (moved.row === undefined && city.nowMs < endOfDayMs(moved.workDate, city))
        return [personDayLine(moved, trace, city)]
      return [
        personDayLine(moved, trace, city),
        ...moved.units.flatMap((unit) => unitLines(unit, moved.row !== undefined)),
      ]
    case 'complaint':
      return [
        complaintLine(moved, trace, city),
        ...dueLine(moved, city),
        ...moved.units.flatMap((unit) => unitLines(unit, moved.row !== undefined)),
      ]
    case 'unit':
      return [`The unit ${named(moved.unitId, moved.known)}: the directory's word on it moves all its weeks.`]
    case 'roster':
      return ['A roster entry: it moves every person-day of this person from its first day on.']
    case 'coaching':
      return [
        coachingLine(moved, { zone: city.zone, isUnderWay: isUnderWay(trace) }),
        ...moved.units.flatMap((unit) => unitLines(unit, moved.row !== undefined)),
        ...coachingWaits(moved, dateIn(city.zone, city.nowMs)),
      ]
    default:
      return moved satisfies never
  }
}

const named = (unitId: string, known: KnownUnit | undefined) =>
  known === undefined ? unitId : `${unitId} (${known.name})`

const endOfDayMs = (workDate: PlainDate, { zone }: City) => instantOf(zone, addDays(workDate, 1), 0)

function personDayLine(
  { workDate, row, units }: Extract<Moved, { what: 'person_day' }>,
  trace: Trace,
  city: City,
): string {
  if (row === undefined) {
    const endsMs = endOfDayMs(workDate, city)
    if (city.nowMs < endsMs)
      return `The person-day of ${workDate} is counted once the day has ended in the city: from ${localTime(city.zone, endsMs)} on.`
    if (isUnderWay(trace)) return `The person-day of ${workDate} is not worked out yet.`
    return `No person-day of ${workDate} came of it: nothing that stands says that this person was to work that day.`
  }
  const known = units.find(({ unitId }) => unitId === row.unitId)?.known
  const marks = [
    row.lateClass && `${row.lateMinutes} minutes late (${row.lateClass}${row.madeUp === 1 ? ', made up' : ''})`,
    row.earlyClass && `${row.earlyMinutes} minutes early (${row.earlyClass})`,
    row.retroactive === 1 && 'excused afterwards',
  ].filter(Boolean)
  return `The person-day of ${workDate} in ${named(row.unitId, known)}: ${[row.status, ...marks].join(', ')}.`
}

// Reading a complaint's own figures before anybody holds it: the next event is the coordinator's.
const notAssigned = 'not assigned to a unit yet (no bina.complaint.assigned.v1 stands)'

function complaintLine(
  { complaintId, row }: Extract<Moved, { what: 'complaint' }>,
  trace: Trace,
  { zone }: City,
): string {
  if (row === undefined) {
    if (isUnderWay(trace)) return `The complaint ${complaintId} is not worked out yet.`
    return `There is no row of the complaint ${complaintId}: no event that stands says that it was received.`
  }
  const at = (ms: number) => localTime(zone, ms)
  const parts = [
    `class ${row.slaClass}`,
    row.accountableUnitId === null ? notAssigned : `with ${row.accountableUnitId}`,
    row.respondedMs === null ? `response due ${at(row.responseDueMs)}` : `responded ${at(row.respondedMs)}`,
    row.resolvedMs === null ? `resolution due ${at(row.dueMs)}` : `resolved ${at(row.resolvedMs)} as ${row.outcome}`,
    ...(row.excludedReason === '' ? [] : [`excluded as ${row.excludedReason}`]),
  ]
  return `The complaint ${complaintId}: ${row.state}${row.overdue === 1 ? ' and overdue' : ''}, ${parts.join(', ')}.`
}

function dueLine(
  { units, row, nextChangeMs }: Extract<Moved, { what: 'complaint' }>,
  { zone }: City,
): readonly string[] {
  if (row === undefined) return []
  const lines = units.every(({ facts }) => facts.length === 0)
    ? ['  Nothing of it counts in a unit yet, or it is out of scope.']
    : []
  return nextChangeMs === undefined
    ? lines
    : [...lines, `  Time alone changes it next: ${localTime(zone, nextChangeMs)}.`]
}

const isUnderWay = ({ behind: { sink, fold } }: Trace) => sink + fold > 0

function unitLines(unit: UnitFigures, hasRow: boolean): readonly string[] {
  const { unitId, known, facts, score } = unit
  if (known === undefined)
    return [`  The directory does not know the unit ${unitId}: it counts once the directory does.`]
  const table = weekTable(unit).map((row) => `    ${row}`)
  const figures = (which: string) =>
    table.length === 0 ? [] : [`  The figures of ${named(unitId, known)} ${which}, as they stand now:`, ...table]
  const told = facts.filter((fact) => !isWatchedOfDays(fact) || fact.numerator > 0)
  if (facts.some((fact) => !isWatchedOfDays(fact))) {
    return [`  In ${unitId} it counts as ${told.map(factWords).join(', ')}.`, ...figures('that count it')]
  }
  if (score === 'service') return figures('that count it')
  if (!hasRow) return figures('over that day')
  return ['  It counts neither for nor against: the day is left out of A1, A2 and A3.', ...figures('over that day')]
}

/** A4, A5 and B1 to B3 are shown and watched: of a day that adds nothing to one of them there is nothing to tell. */
const isWatchedOfDays = ({ measure }: Pick<CountedFact, 'measure'>) => /^(A4|A5\..*|B[123])$/.test(measure)

function factWords({ measure, week, numerator, denominator }: CountedFact): string {
  const of = `${measure} (${isoWeekName(week)})`
  if (measure === 'S5' || measure === 'S6') return `an answer in ${of}`
  const watched = watchedWords(measure, numerator > 0, denominator)
  if (watched !== undefined) return `${watched} in ${of}`
  if (measure === 'S14') return `${short(numerator)} of ${short(denominator)} things in order in ${of}`
  if (measure === 'A4') return `${short(numerator)} lost minutes in ${of}`
  if (isWatchedOfDays({ measure })) return `${short(numerator)} of ${short(denominator)} in ${of}`
  return denominator === numerator
    ? `a success in ${of}`
    : numerator === 0
      ? `no success in ${of}`
      : `${numerator} of ${denominator} in ${of}`
}

/** What is watched knows neither success nor failure. */
function watchedWords(measure: string, hit: boolean, denominator: number): string | undefined {
  switch (measure) {
    case 'B4':
      return hit ? 'waited for the reporter' : 'not waited for'
    case 'S8':
      return hit ? 'reopened' : 'not reopened'
    case 'S9':
      return hit ? 'passed on late' : 'passed on in time'
    case 'S10':
      return hit ? 'excluded' : 'not excluded'
    case 'S11':
      return 'a case'
    case 'K1':
      return hit ? 'held' : 'not held'
    case 'K2':
      return 'an action agreed'
    case 'K3':
      return hit ? 'done in time' : 'not done in time'
    case 'S13':
      return hit ? 'closed in time' : 'not closed in time'
    case 'S15':
      return denominator === 0 ? 'an answer' : 'an invitation'
    default:
      return undefined
  }
}

/** One line a week, its measures over their scoring window, and the score. The first weeks and the last; all of them with --json. */
function weekTable({ measures, scores, score }: UnitFigures): readonly string[] {
  const scoring = measures
    .filter((row) => !isWatchedOfDays(row))
    .filter(({ window }) => window === 'R4' || window === 'R13' || window === 'R52')
  const columns = [...new Set(scoring.map(({ measure, window }) => `${measure} ${window}`))].sort()
  const weeks = [...new Set(scoring.map(({ week }) => week))].sort()
  if (weeks.length === 0) return []
  const cell = (week: string, column: string) => {
    const row = scoring.find((one) => one.week === week && `${one.measure} ${one.window}` === column)
    return row === undefined ? '' : `${short(row.numerator)}/${short(row.denominator)}`
  }
  const scoreOf = (week: string) => {
    const row = scores.find((one) => one.week === week)
    if (row === undefined) return ''
    const shown =
      row.value === null
        ? 'not enough data'
        : `${row.value.toFixed(1)} (${row.lower80.toFixed(1)} to ${row.upper80.toFixed(1)})`
    return `${shown}, ${row.status}`
  }
  const shown = weeks.length <= shownWeeks ? weeks : [...weeks.slice(0, 1), ...weeks.slice(1 - shownWeeks)]
  const lines = textTable(
    [
      ['week', ...columns, ...(score === undefined ? [] : [score])],
      ...shown.map((week) => [isoWeekName(week), ...columns.map((column) => cell(week, column)), scoreOf(week)]),
    ],
    columns.map((_, at) => at + 1),
  )
  const left = weeks.length - shown.length
  return left === 0
    ? lines
    : [...lines.slice(0, 2), `... ${left} weeks between; all of them with --json`, ...lines.slice(2)]
}

const short = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1))
