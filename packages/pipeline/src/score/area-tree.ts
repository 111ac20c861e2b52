import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { noUnit } from '../fold/no-unit.ts'
import type { AreaMember, UnitPlace, Weeks } from '../ports/area-figures.ts'

type Version = UnitPlace['versions'][number]

export interface AreaTree {
  /**
   * Who counts in an area, and from when to when: the area's unit and all below it, and in a city what is no unit's. Nobody while
   * nobody is below it.
   */
  membersOf(areaId: string, weeks: Weeks): readonly AreaMember[]
  /**
   * Residents of the area in a week: what the directory says of its unit, else the residents of the units right below it. Undefined when
   * nothing is said, or not of every kelurahan and kecamatan; offices of other kinds have no residents.
   */
  populationOf(areaId: string, week: PlainDate): number | undefined
}

/**
 * The directory as a tree in each week. In a week a unit stands where the latest entry not after its Sunday puts it; a unit that has ended
 * keeps its last place, so that what fell due since then is in its area's figures still. Units of a ring are each below the other.
 */
export function createAreaTree(places: readonly UnitPlace[]): AreaTree {
  const byUnit = new Map(places.map((place) => [place.unitId, place.versions]))
  const changes = changesOf(places)
  const childrenSince = new Map<PlainDate, ReadonlyMap<string, readonly string[]>>()
  const childrenIn = (week: PlainDate) => {
    const since = changes.findLast((change) => change <= week) ?? ''
    const known = childrenSince.get(since)
    if (known !== undefined) return known
    const children = new Map<string, string[]>()
    for (const { unitId, versions } of places) {
      const parentUnitId = placedBy(versions, week)?.parentUnitId ?? ''
      if (parentUnitId === '' || parentUnitId === unitId) continue
      const siblings = children.get(parentUnitId)
      if (siblings === undefined) children.set(parentUnitId, [unitId])
      else siblings.push(unitId)
    }
    childrenSince.set(since, children)
    return children
  }

  const populationOf = (areaId: string, week: PlainDate, above: ReadonlySet<string>): number | undefined => {
    const version = validIn(byUnit.get(areaId) ?? [], week)
    if (version?.population !== undefined) return version.population
    const within = new Set([...above, areaId])
    let total: number | undefined
    for (const unitId of childrenIn(week).get(areaId) ?? []) {
      const child = validIn(byUnit.get(unitId) ?? [], week)
      if (child === undefined || within.has(unitId)) continue
      const population = populationOf(unitId, week, within)
      if (population !== undefined) total = (total ?? 0) + population
      else if (hasResidents.has(child.unitType)) return undefined
    }
    return total
  }

  return {
    membersOf: (areaId, { fromWeek, toWeek }) => {
      const open = new Map<string, AreaMember>()
      const members: AreaMember[] = []
      const starts = [fromWeek, ...changes.filter((change) => change > fromWeek && change <= toWeek)]
      for (const [at, start] of starts.entries()) {
        const end = addDays(starts[at + 1] ?? addDays(toWeek, 7), -7)
        const below = withinArea(areaId, childrenIn(start))
        const isCity = below.size > 0 && placedBy(byUnit.get(areaId) ?? [], start)?.unitType === 'city'
        const within = isCity ? new Set([...below, noUnit]) : below
        for (const unitId of within) {
          const before = open.get(unitId)
          open.set(unitId, { areaId, unitId, fromWeek: before?.fromWeek ?? start, toWeek: end })
        }
        for (const [unitId, member] of open) {
          if (within.has(unitId)) continue
          members.push(member)
          open.delete(unitId)
        }
      }
      return [...members, ...open.values()]
    },
    populationOf: (areaId, week) => populationOf(areaId, week, new Set()),
  }
}

const hasResidents: ReadonlySet<string> = new Set(['kelurahan', 'kecamatan'])

function withinArea(areaId: string, children: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const within = new Set([areaId])
  for (const unitId of within) for (const child of children.get(unitId) ?? []) within.add(child)
  return within.size > 1 ? within : new Set()
}

/** Mondays from which on any unit may stand elsewhere. */
function changesOf(places: readonly UnitPlace[]): readonly PlainDate[] {
  const mondays = new Set<PlainDate>()
  for (const { versions } of places) {
    let place: string | undefined
    for (const { validFrom, parentUnitId, unitType } of versions) {
      const next = `${unitType === 'city'}|${parentUnitId}`
      if (next === place) continue
      place = next
      mondays.add(mondayOf(validFrom))
    }
  }
  return [...mondays].sort()
}

const placedBy = (versions: readonly Version[], week: PlainDate) =>
  versions.findLast(({ validFrom }) => validFrom <= addDays(week, 6))

/** The entry that counts on the latest day of the week on which any does. */
function validIn(versions: readonly Version[], week: PlainDate): Version | undefined {
  for (const day of [6, 5, 4, 3, 2, 1, 0]) {
    const date = addDays(week, day)
    const version = versions.findLast(({ validFrom }) => validFrom <= date)
    if (version !== undefined && (version.validTo === undefined || version.validTo >= date)) return version
  }
  return undefined
}
