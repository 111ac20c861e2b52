import { addDays, type CityTime, mondayOf, mondayOfWeekNumber, weekNumberOf } from './city-time.ts'
import { type Complaint, isClosed } from './complaint.ts'
import type { Directory } from './directory.ts'
import { type Fact, inServiceScope, type Measure } from './facts.ts'
import { countedWindows, exposed, judgedRow, type PersonCorrelation, type UnitWeekMeasureRow } from './measures.ts'
import type { PersonDay } from './person-day.ts'
import { type BacklogCount, cutOffMs, openAt } from './stale-backlog.ts'
import type { Count, Tally } from './tally.ts'

/** In no unit's figures: nobody was given it and it names none. Each city counts it. */
export const nobody = '(nobody)'

/** Who answers for it at last, else the unit complained about. */
const answering = ({ timeline, aboutUnitId }: Complaint) => timeline.custodies.at(-1)?.unitId ?? aboutUnitId ?? nobody

/** S1 and S2 as the citizen waits: one due each, whoever had it. */
export function citizenFacts(complaint: Complaint, city: CityTime, nowMs: number): Fact[] {
  const unitId = answering(complaint)
  if (!inServiceScope(complaint)) return []
  const { respondedMs, responseDueMs, dueMs, timeline } = complaint
  const closedMs = isClosed(complaint) ? (timeline.closedSpans.at(-1)?.fromMs ?? null) : null
  const cases: readonly [Measure, number, boolean][] = [
    ['S1', responseDueMs, respondedMs !== null && respondedMs <= responseDueMs],
    ['S2', dueMs, closedMs !== null && closedMs <= dueMs && timeline.reopenings.length === 0],
  ]
  return cases
    .filter(([, atMs]) => atMs <= nowMs)
    .map(([measure, atMs, success]) => {
      return { unitId, date: city.dateOf(atMs), measure, numerator: success ? 1 : 0, denominator: 1 }
    })
}

/** S10 of what is in no unit's own figures. */
export function nobodysReceipt(complaint: Complaint, city: CityTime): Fact[] {
  if (answering(complaint) !== nobody) return []
  const numerator = complaint.timeline.exclusion === null ? 0 : 1
  return [{ unitId: nobody, date: city.dateOf(complaint.receivedMs), measure: 'S10', numerator, denominator: 1 }]
}

/** S4 with whoever held it at the cut-off, and the unit complained about while nobody did, due as the citizen waits. */
export function citizenBacklog(complaint: Complaint, city: CityTime, nowMs: number): BacklogCount[] {
  const counts: BacklogCount[] = []
  const { holders } = complaint.timeline
  if (!inServiceScope(complaint)) return counts
  const firstMs = Math.min(complaint.receivedMs, holders[0]?.fromMs ?? complaint.receivedMs)
  const current = weekNumberOf(mondayOf(city.dateOf(nowMs)))
  for (let number = weekNumberOf(city.dateOf(firstMs)); number <= current; number++) {
    const week = mondayOfWeekNumber(number)
    const cutMs = cutOffMs(week, city, nowMs)
    const holder = holders.findLast(({ fromMs }) => fromMs < cutMs)
    if (complaint.dueMs > cutMs || (holder === undefined && complaint.receivedMs >= cutMs)) continue
    const open = openAt(complaint, cutMs)
    if (!open && complaint.dueMs < city.at(addDays(week, -51 * 7), '00:00')) continue
    const unitId = holder?.custody.unitId ?? complaint.aboutUnitId ?? nobody
    counts.push({ unitId, week, numerator: open ? 0 : 1, denominator: 1 })
  }
  return counts
}

interface WeighedCheck {
  readonly unitId: string
  readonly week: number
  readonly weight: number
  readonly confirmed: boolean
}

/** Checks that count, each standing for as many as one over its chance of being drawn. */
export function weighedChecks(days: readonly PersonDay[]): WeighedCheck[] {
  return days.flatMap(({ unitId, date, status, checks, checkWeights }) =>
    status !== 'present' && status !== 'official_duty' && status !== 'flexible_work'
      ? []
      : checks.flatMap((outcome, at) => {
          if (outcome === 'invalid') return []
          return [
            { unitId, week: weekNumberOf(date), weight: checkWeights[at] ?? 1, confirmed: outcome === 'confirmed' },
          ]
        }),
  )
}

export interface AreaInput {
  readonly directory: Directory
  /** Facts as areas count them: S1, S2 and S4 by the citizen's clock, no checks, coaching with the unit that it is about. */
  readonly tally: Tally
  readonly checks: readonly WeighedCheck[]
  readonly firstWeek: number
  readonly currentWeek: number
  readonly policyVersion: string
  readonly rhoOf: (week: string) => PersonCorrelation
}

export function areaRows(input: AreaInput): UnitWeekMeasureRow[] {
  const { directory, tally, checks, rhoOf, policyVersion } = input
  const rows: UnitWeekMeasureRow[] = []
  for (let number = input.firstWeek; number <= input.currentWeek; number++) {
    const week = mondayOfWeekNumber(number)
    for (const [area, members] of membersIn(directory, week)) {
      const before = rows.length
      for (const { measure, window, weeks } of countedWindows) {
        const count =
          measure === 'C1'
            ? effectiveChecks(checks, members, number, weeks)
            : added(members.map((unit) => exposed(measure, tally.sum(unit, measure, number, weeks), weeks)))
        if (count.denominator === 0) continue
        const squared = members.reduce((sum, unit) => sum + tally.squaredDays(unit, number, weeks), 0)
        const place = { unit_id: area, scope: 'area', week, measure, window, policy_version: policyVersion } as const
        rows.push(judgedRow(place, count, squared, rhoOf(week)))
      }
      const population = residents(directory, area, week, [])
      if (rows.length === before || population === null || population === 0) continue
      const received = added(members.map((unit) => tally.sum(unit, 'S10', number, 1))).denominator
      const place = { unit_id: area, scope: 'area', week, measure: 'S12', window: 'W1' } as const
      const count = { numerator: received, denominator: population / 1000 }
      rows.push(judgedRow({ ...place, policy_version: policyVersion }, count, 0, rhoOf(week)))
    }
  }
  return rows
}

/** Every unit with others below it that week, itself among its members. A unit that has ended stays where it was last, and a city a city. */
function membersIn(directory: Directory, week: string): Map<string, string[]> {
  const areas = new Map<string, Set<string>>()
  for (const unit of directory.unitIds()) {
    const above = new Set<string>()
    for (let next = directory.parentIn(unit, week); next !== null && !above.has(next); ) {
      above.add(next)
      next = directory.parentIn(next, week)
    }
    above.delete(unit)
    for (const area of above) areas.set(area, (areas.get(area) ?? new Set([area])).add(unit))
  }
  return new Map(
    [...areas]
      .filter(([area]) => directory.isKnown(area))
      .map(([area, units]) => [area, directory.typeIn(area, week) === 'city' ? [...units, nobody] : [...units]]),
  )
}

/** Null when the directory does not say, or says it of some kelurahan or kecamatan only. */
function residents(directory: Directory, unit: string, week: string, above: readonly string[]): number | null {
  const told = directory.validIn(unit, week)?.population ?? null
  if (told !== null) return told
  let sum: number | null = null
  for (const child of directory.unitIds()) {
    if (child === unit || above.includes(child) || directory.parentIn(child, week) !== unit) continue
    const valid = directory.validIn(child, week)
    if (valid === null) continue
    const population = residents(directory, child, week, [...above, unit])
    if (population !== null) sum = (sum ?? 0) + population
    else if (valid.unitType === 'kelurahan' || valid.unitType === 'kecamatan') return null
  }
  return sum
}

/** Kish: unevenly weighed checks say as much as fewer even ones. */
function effectiveChecks(
  checks: readonly WeighedCheck[],
  members: readonly string[],
  week: number,
  weeks: number,
): Count {
  const units = new Set(members)
  let [confirmed, all, squares] = [0, 0, 0]
  for (const check of checks) {
    if (!units.has(check.unitId) || check.week > week || check.week <= week - weeks) continue
    if (check.confirmed) confirmed += check.weight
    all += check.weight
    squares += check.weight ** 2
  }
  if (all === 0) return { numerator: 0, denominator: 0 }
  const denominator = all ** 2 / squares
  return { numerator: (confirmed / all) * denominator, denominator }
}

/** Of units that have a row: where nothing was counted there is none, whatever the numerator (answers that nobody was invited to). */
function added(all: readonly Count[]): Count {
  const counts = all.filter(({ denominator }) => denominator > 0)
  return {
    numerator: counts.reduce((sum, count) => sum + count.numerator, 0),
    denominator: counts.reduce((sum, count) => sum + count.denominator, 0),
  }
}
