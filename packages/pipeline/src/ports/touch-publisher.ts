import type { Identity } from './entity-log.ts'

/** What a stored batch moves: entities to fold anew, and identities that a correction names but whose entity is not known here. */
export interface Touched {
  readonly entities: readonly string[]
  readonly revised: readonly Identity[]
}

/** Weeks of a unit (Mondays, both included) whose facts changed. */
export interface TouchedUnit {
  readonly unitId: string
  readonly fromWeek: string
  readonly toWeek: string
  /**
   * Absent: its own figures. `judged`: what follows from these, which stand. `area`: not the unit's own figures but those of it and all
   * below it, added up.
   */
  readonly scope?: 'judged' | 'area'
}

/** Hands on what is to be worked out again; each entity and each unit always reaches the same partition, so that it has one writer. */
export interface TouchPublisher {
  touch(touched: Touched): Promise<void>
  touchUnits(units: readonly TouchedUnit[]): Promise<void>
}
