import { unitVersions } from '../fold/directory.ts'
import { unitEntity } from '../fold/entity.ts'
import type { EntityLog } from '../ports/entity-log.ts'
import { readEntities } from './read-entities.ts'

/**
 * These units and all that any event ever put above them, at any height, dead events included: whose areas an entry may have moved,
 * since what it put somewhere before must be taken back there.
 */
export async function everAbove(log: EntityLog, unitIds: readonly string[]): Promise<readonly string[]> {
  const found = new Set(unitIds)
  let next = [...found]
  while (next.length > 0) {
    const { byEntity } = await readEntities(log, next.map(unitEntity))
    const above = new Set(
      [...byEntity.values()].flatMap(({ all }) => unitVersions(all).flatMap(({ parentUnitId }) => parentUnitId ?? [])),
    )
    next = [...above].filter((unitId) => !found.has(unitId))
    for (const unitId of next) found.add(unitId)
  }
  return [...found]
}
