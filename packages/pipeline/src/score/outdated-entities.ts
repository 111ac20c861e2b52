import type { FoldedStore } from '../ports/folded-store.ts'
import { chunks } from './read-entities.ts'

/**
 * Entities whose row was written while another worker took in a newer entry of a unit that they name. That worker asked for the
 * unit's rows before this one was there, so nobody else brings them back. To be asked after the write.
 */
export async function outdatedEntities(
  store: Pick<FoldedStore, 'unitsWrittenAfter'>,
  unitsNamed: ReadonlyMap<string, readonly string[]>,
  readAt: string,
): Promise<readonly string[]> {
  const newer = new Set<string>()
  for (const some of chunks([...new Set([...unitsNamed.values()].flat())])) {
    for (const unitId of await store.unitsWrittenAfter(some, readAt)) newer.add(unitId)
  }
  return [...unitsNamed].flatMap(([entity, units]) => (units.some((unitId) => newer.has(unitId)) ? [entity] : []))
}
