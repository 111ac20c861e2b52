import type { FoldedStore } from '../ports/folded-store.ts'

/**
 * Tables in which nothing stood before: what a fold asks about earlier rows has no answer there, and a change that time will not bring
 * needs no row that takes it back. Of a page that is folded twice, since a rebuild was interrupted, such a row may remain: its entity
 * is folded once more when it comes, and nothing else follows.
 */
export function emptyTables(store: FoldedStore): FoldedStore {
  return {
    ...store,
    writePending: (changes, readAt) =>
      store.writePending(
        changes.filter(({ changeAtMs }) => changeAtMs !== undefined),
        readAt,
      ),
    entitiesOfUnits: async () => [],
    unitsWrittenAfter: async () => [],
  }
}
