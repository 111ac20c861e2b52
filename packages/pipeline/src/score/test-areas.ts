import type { AreaFigures, AreaPart, UnitPlace } from '../ports/area-figures.ts'
import type { MeasureRow } from '../ports/judged-store.ts'

// Tests only: what units add to their areas, and the areas' rows, in memory.

const rollUpsOnly: ReadonlySet<string> = new Set(['A1', 'A2', 'A3', 'C1', 'S1', 'S2', 'S4', 'K1', 'K2', 'K3'])

export function createTestAreas(own: ReadonlyMap<string, MeasureRow>, now: () => string) {
  const places = new Map<string, UnitPlace['versions']>()
  const parts = new Map<string, AreaPart>()
  const rows = new Map<string, MeasureRow>()
  const nameOf = (row: { unitId: string; week: string; measure: string; window: string }) =>
    [row.unitId, row.week, row.measure, row.window].join(' ')
  const replace = <R extends AreaPart | MeasureRow>(
    table: Map<string, R>,
    { unitIds, fromWeek, toWeek }: { unitIds: readonly string[]; fromWeek: string; toWeek: string },
    next: readonly R[],
  ) => {
    for (const [name, { unitId, week }] of table)
      if (unitIds.includes(unitId) && week >= fromWeek && week <= toWeek) table.delete(name)
    for (const row of next) table.set(nameOf(row), row)
  }
  const figures: AreaFigures = {
    parts: async () => [],
    writeParts: async (unitIds, weeks, next) => replace(parts, { unitIds, ...weeks }, next),
    areasOf: async (unitIds) => {
      const above = new Set<string>()
      const asked = new Set(unitIds)
      for (const unitId of asked) {
        for (const { parentUnitId } of places.get(unitId) ?? []) {
          if (parentUnitId === '') continue
          above.add(parentUnitId)
          asked.add(parentUnitId)
        }
      }
      const headed = [...places.values()].flatMap((versions) => versions.map(({ parentUnitId }) => parentUnitId))
      return [...new Set([...above, ...unitIds.filter((unitId) => headed.includes(unitId))])]
    },
    placesBelow: async () => ({
      readAt: now(),
      places: [...places].map(([unitId, versions]) => ({ unitId, versions })),
    }),
    pooled: async (members, { fromWeek, toWeek }) =>
      members.flatMap((member) => {
        const isMeant = ({ unitId, week }: { unitId: string; week: string }) =>
          unitId === member.unitId &&
          week >= fromWeek &&
          week <= toWeek &&
          week >= member.fromWeek &&
          week <= member.toWeek
        return [
          ...[...own.values()]
            .filter((row) => isMeant(row) && !rollUpsOnly.has(row.measure))
            .map((row) => ({ ...row, squares: 0 })),
          ...[...parts.values()].filter(isMeant),
        ].map((part) => ({ ...part, unitId: member.areaId }))
      }),
    write: async (judgement) => replace(rows, judgement, judgement.measures),
  }
  return { figures, places, rows }
}
