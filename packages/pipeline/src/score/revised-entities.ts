import type { EntityLog, Identity } from '../ports/entity-log.ts'
import { chunks } from './read-entities.ts'

/** The entities of the events that corrections name, and, where those are corrections themselves, of what they name in turn. */
export async function revisedEntities(log: EntityLog, revised: readonly Identity[]): Promise<readonly string[]> {
  const entities = new Set<string>()
  const seen = new Set<string>()
  let open = revised
  while (open.length > 0) {
    const fresh = open.filter((identity) => !seen.has(nameOf(identity)))
    for (const identity of fresh) seen.add(nameOf(identity))
    const next: Identity[] = []
    for (const chunk of chunks(fresh)) {
      for (const { source, entity, supersedes, withdraws } of await log.locate(chunk)) {
        entities.add(entity)
        for (const id of [supersedes, withdraws]) if (id !== '') next.push({ source, id })
      }
    }
    open = next
  }
  return [...entities]
}

const nameOf = ({ source, id }: Identity) => `${source}\u0000${id}`
