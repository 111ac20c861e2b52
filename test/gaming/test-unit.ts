import type { PlainDate } from '@bina/domain/plain-date'
import { staffVersions } from '@bina/pipeline/fold/directory'
import { foldPersonDay } from '@bina/pipeline/fold/fold-person-day'
import type { KnownEvent } from '@bina/pipeline/fold/known-event'
import type { PersonDay } from '@bina/pipeline/fold/person-day'
import { at, attendanceRules, calendar, zone } from '@bina/pipeline/fold/test-city'
import { fold } from '@bina/pipeline/fold/test-complaint'
import { clock, event, PERSON } from '@bina/pipeline/fold/test-events'
import type { Counts } from '@bina/scoring/counts'
import { judgeDiscipline } from '@bina/scoring/judge-discipline'
import type { JudgedScore } from '@bina/scoring/judge-score'
import { judgeService } from '@bina/scoring/judge-service'
import type { MeasureId } from '@bina/scoring/measure-id'
import type { TermRule } from '@bina/scoring/scoring-policy'
import { cityRules } from '@bina/scoring/test-city-rules'

// A unit's four weeks of days and its quarter of complaints, folded and judged as the product does; only the adding up in between, which
// is the store's, is done here. All lies within one window, so that no week needs telling apart.

/** Kelurahan A. */
export const UNIT = 'A'
const rules = cityRules('2026-08-03')

/** What a unit gets to see, and what others get to see of it. */
export interface Figures {
  readonly counts: Readonly<Partial<Record<MeasureId, Counts>>>
  /** The score's points, also where a report would hide them. */
  readonly points: number
  /** Kinds of findings, and how many there are of each. */
  readonly findings: Readonly<Record<string, number>>
}

/** The count of a measure as text, "3/14"; "0/0" where nothing was counted. */
export function counted({ counts }: Figures, measure: MeasureId): string {
  const { numerator, denominator } = counts[measure] ?? none
  return `${numerator}/${denominator}`
}

export function share({ counts }: Figures, measure: MeasureId): number {
  const { numerator, denominator } = counts[measure] ?? none
  return denominator === 0 ? Number.NaN : numerator / denominator
}

const none: Counts = { numerator: 0, denominator: 0 }

/** Adds up facts of a measure, findings and all. */
function createSums() {
  const counts: Partial<Record<MeasureId, { numerator: number; denominator: number }>> = {}
  const findings: Record<string, number> = {}
  return {
    counts,
    findings,
    add(measure: MeasureId, numerator: number | boolean, denominator = 1) {
      const sum = counts[measure] ?? { numerator: 0, denominator: 0 }
      counts[measure] = sum
      sum.numerator += Number(numerator)
      sum.denominator += denominator
    },
    find(kinds: readonly string[]) {
      for (const kind of kinds) findings[kind] = (findings[kind] ?? 0) + 1
    },
  }
}

const pointsOf = <Term extends string>(score: JudgedScore<Term>, terms: Readonly<Record<Term, TermRule>>): number =>
  (Object.keys(terms) as Term[]).reduce((sum, name) => sum + terms[name].weight * score.terms[name], 0)

// Days

/** The twenty working days of four weeks of July. */
export const workdays: readonly PlainDate[] = [6, 13, 20, 27].flatMap((monday) =>
  [0, 1, 2, 3, 4].map((day) => `2026-07-${String(monday + day).padStart(2, '0')}`),
)

export interface LivedDay {
  readonly person: number
  readonly date: PlainDate
  readonly events: readonly KnownEvent[]
}

/** In before the shift, out after it. */
export const cameToWork = (date: PlainDate): readonly KnownEvent[] => [
  clock('in', `${date} 07:20`),
  clock('out', `${date} 16:35`),
]

const roster = staffVersions([
  event('bina.directory.staff.v1', '2026-01-01 08:00', {
    ...{ personKey: PERSON, unitId: UNIT, scheduleProfile: 'office_5d', validFrom: '2026-01-01' },
  }),
])

/** Discipline of a unit whose people lived these days, each of them on its roster. */
export function disciplineOf(days: readonly LivedDay[]): Figures {
  const sums = createSums()
  const daysOfPerson = new Map<number, number>()
  for (const { person, row } of judgedDays(days, sums.find)) {
    const isDue = row.status === 'present' || row.status === 'unexcused'
    const isExcuse = EXCUSES.includes(row.status)
    if (isDue) {
      sums.add('A1', row.status === 'present')
      sums.add('A2', row.onTime)
      sums.add('A3', row.fullDay)
      daysOfPerson.set(person, (daysOfPerson.get(person) ?? 0) + 1)
    }
    if (row.status === 'present') sums.add('A4', row.lostMinutes)
    if (row.status !== 'not_scheduled') sums.add('B1', isExcuse)
    if (isExcuse) sums.add('B2', row.retroactive)
    if (row.clockRecords > 0) sums.add('B3', row.manualRecords, row.clockRecords)
    const checks = row.checksConfirmed + row.checksFailed
    if (checks > 0) sums.add('C1', row.checksConfirmed, checks)
  }
  const squaredDays = [...daysOfPerson.values()].reduce((sum, own) => sum + own * own, 0)
  const judged = judgeDiscipline((measure) => ({ ...(sums.counts[measure] ?? none), squaredDays }), rules)
  return { counts: sums.counts, findings: sums.findings, points: pointsOf(judged, rules.discipline.terms) }
}

const EXCUSES: readonly string[] = ['excused_leave', 'official_duty', 'flexible_work']

/** The rows as they count: a unit-day on which nothing at all is heard of five or more is a suspected outage (reading 21a). */
function judgedDays(days: readonly LivedDay[], find: (kinds: readonly string[]) => void) {
  const folded = days.flatMap((day) => {
    const { row, findings } = foldPersonDay({
      personKey: PERSON,
      workDate: day.date,
      events: day.events,
      staff: roster,
      everNamed: [],
      unitProfileOn: () => 'office_5d',
      calendar,
      attendanceRulesOn: () => attendanceRules,
      zone,
      nowMs: at('2026-09-01'),
    })
    find(findings.map(({ kind }) => kind))
    return row === undefined ? [] : [{ ...day, row }]
  })
  const silent = new Set(
    workdays.filter((date) => {
      const rows = folded.filter((day) => day.date === date).map(({ row }) => row)
      return rows.every(({ heard }) => !heard) && rows.filter(({ status }) => status === 'unexcused').length >= 5
    }),
  )
  find([...silent].map(() => 'suspected_outage'))
  return folded.map((day): { readonly person: number; readonly row: PersonDay } =>
    silent.has(day.date) && day.row.status === 'unexcused'
      ? { person: day.person, row: { ...day.row, status: 'outage' } }
      : day,
  )
}

// Complaints

/** Service of unit A, each list the events of one complaint. Now is December: all is due, every thirty days have passed. */
export function serviceOf(complaints: readonly (readonly KnownEvent[])[], unitId = UNIT): Figures {
  const sums = createSums()
  const nowMs = at('2026-12-01')
  for (const events of complaints) {
    const { row, findings } = fold(events, { nowMs, profileOf: () => 'office_5d' })
    sums.find(findings.filter((finding) => finding.unitId === unitId).map(({ kind }) => kind))
    const own = row?.shares.find((one) => one.unitId === unitId)
    if (row === undefined || own === undefined) continue
    if (own.responseDueMs !== undefined) sums.add('S1', own.responseOnTime)
    if (own.resolutionDueMs !== undefined) sums.add('S2', own.resolutionSustained)
    for (const { verified } of own.audits) sums.add('S3', verified)
    const isClosed = row.closedSpans.some(({ toMs }) => toMs === undefined)
    for (const { toMs, ownDueMs } of own.backlog) {
      if (toMs === undefined && ownDueMs < nowMs) sums.add('S4', isClosed)
    }
    for (const { satisfaction, courtesy } of own.ratings) {
      sums.add('S5', satisfaction)
      if (courtesy !== undefined) sums.add('S6', courtesy)
    }
    for (const { measure, numerator, denominator } of own.facts) sums.add(measure, numerator, denominator)
  }
  const judged = judgeService((measure) => sums.counts[measure] ?? none, rules)
  return { counts: sums.counts, findings: sums.findings, points: pointsOf(judged, rules.service.terms) }
}

/** What the city sees by the citizen's clock, whoever had the complaints: "resolved in time/due". */
export function citizensResolved(complaints: readonly (readonly KnownEvent[])[]): string {
  const due = complaints.flatMap((events) => {
    const citizen = fold(events, { profileOf: () => 'office_5d' }).row?.citizen
    return citizen?.resolutionDueMs === undefined ? [] : [citizen.resolutionSustained]
  })
  return `${due.filter((success) => success).length}/${due.length}`
}
