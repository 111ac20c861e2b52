import { addDays, daysBetween, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import type { CoachingPlace } from '../fold/coaching-item.ts'
import type { ComplaintFold } from '../fold/complaint.ts'
import type { KnownEvent } from '../fold/known-event.ts'
import type { TouchedUnit } from '../ports/touch-publisher.ts'

// How many weeks on a fact is still seen: the longest window in which it counts.
const attendanceReachWeeks = 4
const coachingReachWeeks = 13
// A group's questions cost, whatever they ask about, as much as to work out so many weeks of a unit.
const worthAGroup = 300
// Of years on end fewer units are counted at once: their counts are in memory together.
const manyWeeks = 53
const atOnceOverMany = 64
const endOfTime = '9999-12-27'

export const earlier = (a: string, b: string) => (a < b ? a : b)
export const later = (a: string, b: string) => (a > b ? a : b)
export const earliest = (dates: readonly string[]) => dates.reduce(earlier)
export const latest = (dates: readonly string[]) => dates.reduce(later)

/** Which weeks of which units must be counted again. Weeks that have not begun are left out by whoever counts. */
export const touchedWeeks = {
  ofDay: (date: PlainDate, unitIds: readonly string[]): readonly TouchedUnit[] => {
    const fromWeek = mondayOf(date)
    return unitIds.map((unitId) => ({ unitId, fromWeek, toWeek: addDays(fromWeek, 7 * (attendanceReachWeeks - 1)) }))
  },

  /** A complaint's due instants, closures and ratings may lie anywhere from its first event on, and an open one weighs on every week since. */
  ofComplaint: (zone: string, events: readonly KnownEvent[], folded: ComplaintFold): readonly TouchedUnit[] => {
    const first = Math.min(...events.map(({ occurredAtMs }) => occurredAtMs))
    if (!Number.isFinite(first)) return []
    const fromWeek = mondayOf(dateIn(zone, first))
    return folded.unitsEverNamed.map((unitId) => ({ unitId, fromWeek, toWeek: endOfTime }))
  },

  /** What any coaching event of a unit says happened, or was to happen, on a date. */
  ofCoaching: (
    zone: string,
    events: readonly KnownEvent[],
    places: readonly Pick<CoachingPlace, 'unitId'>[],
  ): readonly TouchedUnit[] => {
    const dates = events.flatMap(({ occurredAtMs, data }) => [
      dateIn(zone, occurredAtMs),
      ...('plannedOn' in data ? [data.plannedOn] : []),
      ...('dueOn' in data ? [data.dueOn] : []),
    ])
    const [first, last] = [dates.sort()[0], dates.at(-1)]
    if (first === undefined || last === undefined) return []
    const toWeek = addDays(mondayOf(last), 7 * (coachingReachWeeks - 1))
    return [...new Set(places.map(({ unitId }) => unitId))].map((unitId) => ({
      unitId,
      fromWeek: mondayOf(first),
      toWeek,
    }))
  },

  /** A directory entry may begin or end a unit at any date: all its weeks. */
  ofUnit: (zone: string, unitId: string, nowMs: number): readonly TouchedUnit[] => [
    { unitId, fromWeek: '1970-01-05', toWeek: mondayOf(dateIn(zone, nowMs)) },
  ],

  /** The areas of units whose place, residents or type a directory entry may change: likewise. */
  ofAreas: (zone: string, unitIds: readonly string[], nowMs: number): readonly TouchedUnit[] =>
    unitIds.flatMap((unitId) => touchedWeeks.ofUnit(zone, unitId, nowMs).map((unit) => ({ ...unit, scope: 'area' }))),

  /** One entry a unit and one its area, from the earliest to the latest touched week. */
  joined: (units: readonly TouchedUnit[]): readonly TouchedUnit[] => {
    const byUnit = new Map<string, TouchedUnit>()
    for (const unit of units) {
      const name = `${unit.scope ?? ''}|${unit.unitId}`
      const known = byUnit.get(name)
      byUnit.set(name, {
        ...unit,
        fromWeek: known === undefined || unit.fromWeek < known.fromWeek ? unit.fromWeek : known.fromWeek,
        toWeek: known === undefined || unit.toWeek > known.toWeek ? unit.toWeek : known.toWeek,
      })
    }
    return [...byUnit.values()]
  },

  /**
   * In groups that are worked out one after the other, each over the weeks of all of it. Those go together whose weeks begin about as long
   * ago (by doublings), so that one old event does not make the others count a year; the latest first, since most people wait for these.
   * Among them by unit, as their rows lie: units from all over the city would read, a few at a time, all of the city each time.
   */
  inTurn: (
    units: readonly TouchedUnit[],
    { currentWeek, atOnce }: { readonly currentWeek: PlainDate; readonly atOnce: number },
  ): readonly (readonly TouchedUnit[])[] => {
    const weeksOf = (unit: TouchedUnit) => 1 + Math.max(0, daysBetween(unit.fromWeek, currentWeek) / 7)
    const ages = new Map<number, TouchedUnit[]>()
    for (const unit of units) {
      const age = Math.ceil(Math.log2(weeksOf(unit)))
      const ofAge = ages.get(age) ?? []
      ages.set(age, ofAge)
      ofAge.push(unit)
    }
    const groups: TouchedUnit[][] = []
    let weeksOfGroup = 0
    for (const [, ofAge] of [...ages].sort(([a], [b]) => a - b)) {
      const weeks = ofAge.reduce((most, unit) => Math.max(most, weeksOf(unit)), 0)
      const isApart = (groups.at(-1)?.length ?? 0) * (weeks - weeksOfGroup) > worthAGroup
      const most = weeks > manyWeeks ? Math.min(atOnce, atOnceOverMany) : atOnce
      if (isApart || groups.length === 0) groups.push([])
      for (const unit of ofAge.sort((a, b) => (a.unitId < b.unitId ? -1 : 1))) {
        if ((groups.at(-1)?.length ?? 0) >= most) groups.push([])
        groups.at(-1)?.push(unit)
      }
      weeksOfGroup = weeks
    }
    return groups
  },
} as const
