import type { DirectoryUnit, ReportedUnit, Superior } from '../ports/report-figures.ts'

/** The directory of a day, by who answers to whom. */
export interface UnitTree {
  /** By id. */
  readonly units: readonly DirectoryUnit[]
  unit(unitId: string): DirectoryUnit | undefined
  /** With the line of its superiors. */
  reported(unit: DirectoryUnit): ReportedUnit
  /** All units below it at any depth, by id. */
  below(unitId: string): readonly DirectoryUnit[]
  /** It and whom it answers to, from the unit up; empty for a unit that the directory does not know. */
  line(unitId: string): readonly DirectoryUnit[]
}

/** A directory in which units answer to each other in a circle has no top there: each line ends before it comes round. */
export function createUnitTree(directory: readonly DirectoryUnit[]): UnitTree {
  const byId = new Map(directory.map((unit) => [unit.unitId, unit]))
  const children = new Map<string, DirectoryUnit[]>()
  for (const unit of directory) {
    if (unit.parentUnitId === '' || unit.parentUnitId === unit.unitId) continue
    const siblings = children.get(unit.parentUnitId)
    if (siblings === undefined) children.set(unit.parentUnitId, [unit])
    else siblings.push(unit)
  }

  const line = (unitId: string): readonly DirectoryUnit[] => {
    const found: DirectoryUnit[] = []
    for (let unit = byId.get(unitId); unit !== undefined && !found.includes(unit); unit = byId.get(unit.parentUnitId))
      found.push(unit)
    return found
  }

  return {
    units: directory,
    unit: (unitId) => byId.get(unitId),
    line,
    reported: ({ parentUnitId: _, ...unit }) => {
      const superior = line(unit.unitId)
        .slice(1)
        .reduceRight<Superior | undefined>(
          (above, { unitId, name, headRole, locale, reportEmails }) => ({
            ...{ unitId, name, headRole, locale, reportEmails },
            ...(above === undefined ? {} : { superior: above }),
          }),
          undefined,
        )
      return superior === undefined ? unit : { ...unit, superior }
    },
    below: (unitId) => {
      const found = new Set<DirectoryUnit>()
      const next = [...(children.get(unitId) ?? [])]
      for (let unit = next.pop(); unit !== undefined; unit = next.pop()) {
        if (unit.unitId === unitId || found.has(unit)) continue
        found.add(unit)
        next.push(...(children.get(unit.unitId) ?? []))
      }
      return [...found].sort((a, b) => (a.unitId < b.unitId ? -1 : 1))
    },
  }
}
