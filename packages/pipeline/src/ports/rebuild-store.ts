import type { EntityPage, Identity } from './entity-log.ts'

export type EntityKind = 'unit' | 'coaching' | 'complaint' | 'day' | 'staff'

/** How far a rebuild has come. */
export interface RebuildMark {
  readonly step: EntityKind | 'judge' | 'swap' | 'swapped'
  /** Last entity, or unit, that is done in this step; empty when none. */
  readonly through: string
  readonly done: number
}

export interface RebuildStart {
  /** Server time at which it began: what came in later is folded once more after the swap. */
  readonly startedAt: string
  readonly startedAtMs: number
  readonly mark: RebuildMark | undefined
}

/** The right to rebuild, kept alive by itself. */
export interface RebuildHold {
  /** True once another rebuild took this one, silent for too long, for killed. */
  isLost(): boolean
  release(): Promise<void>
}

/** The log, page by page, and the new tables beside the old ones. Every call may be repeated. */
export interface RebuildStore {
  /** Keeps other rebuilds of the same tables out until it is released; or says how long ago the one that is at work was heard of. */
  hold(): Promise<RebuildHold | { readonly heardSecondsAgo: number }>
  /** Lays new, empty tables, or finds those of a rebuild that was interrupted: begun by the same rules, over the same columns. */
  begin(policyVersion: string, anew: boolean): Promise<RebuildStart>
  setMark(mark: RebuildMark): Promise<void>
  /** About how many entities of a kind there are. */
  countEntities(kind: EntityKind): Promise<number>
  /** Entities of a kind after one of them, in order, with about so many events; undefined behind the last. */
  pageAfter(kind: EntityKind, after: string, events: number): Promise<EntityPage | undefined>
  /** Those of these entities of which no event tells. */
  withoutEvents(entities: readonly string[]): Promise<readonly string[]>
  /**
   * Takes over absences before a date of which no event tells: they stood since the roster came in, and the events alone no longer say so.
   */
  keepAbsencesBefore(date: string): Promise<void>
  /** Keeps the figures of weeks whose person-level data are gone. */
  keepFrozen(): Promise<void>
  /** Puts the new tables in the place of the old ones. */
  swap(): Promise<void>
  /** Lists what was stored, or lost its identity, since the instant: the log is looked through once. */
  listSince(startedAt: string): Promise<void>
  /** Entities of that list after one of them, in order. */
  listedAfter(after: string, limit: number): Promise<readonly string[]>
  revisedSince(startedAt: string): Promise<readonly Identity[]>
  /** Has the ends of the days from this date on told once more. */
  turnBackClock(throughDate: string): Promise<void>
  /** Rows for final scores that a rebuild alone has moved. */
  restate(): Promise<number>
  /** Drops the old tables. */
  end(): Promise<void>
}
