import type { MeasureRow } from './judged-store.ts'
import type { WindowCount } from './unit-facts.ts'

/** A unit as the directory tells of it, all versions by first day, the latest last. */
export interface UnitPlace {
  readonly unitId: string
  readonly versions: readonly {
    readonly validFrom: string
    readonly validTo: string | undefined
    readonly unitType: string
    /** The unit above it; empty when there is none. */
    readonly parentUnitId: string
    readonly population: number | undefined
  }[]
}

/** What a unit adds to the areas that it belongs to; `squares` as `unit_week_part_store` has them. */
export interface AreaPart extends WindowCount {
  readonly squares: number
}

/** A unit that counts in an area, from one week to another (Mondays, both included). */
export interface AreaMember {
  readonly areaId: string
  readonly unitId: string
  readonly fromWeek: string
  readonly toWeek: string
}

export interface Weeks {
  readonly fromWeek: string
  readonly toWeek: string
}

/** What units add to their areas, and the areas' own rows. */
export interface AreaFigures {
  /** C1, S1, S2, S4 and K1 to K3 as areas count them, of these units and weeks; of `noUnit` also S10, which has no unit's own row. */
  parts(unitIds: readonly string[], weeks: Weeks, nowMs: number): Promise<readonly AreaPart[]>
  /** Makes the parts of these units and weeks exactly those given. Of two writes that with the later `readAt` stands. */
  writeParts(unitIds: readonly string[], weeks: Weeks, parts: readonly AreaPart[], readAt: string): Promise<void>
  /**
   * The areas that any version of the directory's entries puts these units into, at any height, and those of the units that others are
   * below; `noUnit` lies in every city.
   */
  areasOf(unitIds: readonly string[]): Promise<readonly string[]>
  /** These units and all that any version of the directory's entries puts below them, at any depth; and the server's time before it looked. */
  placesBelow(areaIds: readonly string[]): Promise<{ readonly readAt: string; readonly places: readonly UnitPlace[] }>
  /** The figures of the members added up; numerators of S5 and S6 in 7560ths, C1 in millionths. */
  pooled(members: readonly AreaMember[], weeks: Weeks): Promise<readonly AreaPart[]>
  /** Makes the area rows of these units and weeks exactly those given. */
  write(judgement: AreaJudgement, readAt: string): Promise<void>
}

export interface AreaJudgement extends Weeks {
  readonly unitIds: readonly string[]
  readonly policyVersion: string
  readonly measures: readonly MeasureRow[]
}
