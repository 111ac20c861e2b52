export interface WindowCount {
  readonly unitId: string
  /** Monday. */
  readonly week: string
  readonly measure: string
  readonly window: string
  readonly numerator: number
  readonly denominator: number
  /** A1 to A3: the sum over the people of the square of each one's days in the denominator. */
  readonly squaredDays?: number
}

/** A complaint that S7 times: the unit's own working time in custody until it was resolved, or so far. */
export interface TimedCase {
  readonly unitId: string
  /** Monday of the week of the own due. */
  readonly dueWeek: string
  /** Working minutes until it was resolved; null while it is open. */
  readonly minutes: number | null
  /** Of an open case: whose hours they are, and the stretches in which its minutes run, epoch ms; null: without an end. */
  readonly profile: string
  readonly runningFrom: readonly number[]
  readonly runningTo: readonly (number | null)[]
}

export interface UnitSpan {
  readonly unitId: string
  /** Monday of the unit's first fact, or of a later week that lies before all that is asked about; absent when it has none. */
  readonly firstWeek: string | undefined
  /** Monday of the first week for which a score of it stands, or of one as above; absent when none does. */
  readonly scoredFrom: string | undefined
  /** What the directory says of it, by first day, the latest last; empty when it is not known (yet). */
  readonly versions: readonly {
    readonly unitType: string
    readonly validFrom: string
    readonly validTo: string | undefined
  }[]
}

/** Counts over the folded rows, by unit: SQL only adds up what the folds decided. */
export interface UnitFacts {
  /** Numerators and denominators of every measure and window for these units and weeks (both included); zero denominators are left out. */
  count(
    unitIds: readonly string[],
    fromWeek: string,
    toWeek: string,
    nowMs: number,
  ): Promise<{
    readonly readAt: string
    readonly counts: readonly WindowCount[]
  }>
  /** Of these the measures of attendance alone. */
  attendance(unitIds: readonly string[], fromWeek: string, toWeek: string): Promise<readonly WindowCount[]>
  /** Complaints whose own due lies in the thirteen weeks that end with one of these weeks. */
  cases(unitIds: readonly string[], fromWeek: string, toWeek: string): Promise<readonly TimedCase[]>
  /** The server's time: the version of what is worked out from what is read after it. */
  serverTime(): Promise<string>
  /**
   * For a look at the weeks from one on. Where a score of the week before that one stands, the unit's beginning lies before them, and no fact
   * is looked at: a unit's whole history would be gone through to learn what nothing asks for.
   */
  spans(unitIds: readonly string[], fromWeek: string, nowMs: number): Promise<readonly UnitSpan[]>
  /** Every unit that the directory knows or that has a fact. */
  allUnits(): Promise<readonly string[]>
}
