/** What a final score last stood at, in what was said of it. */
export interface StandingScore {
  readonly unitId: string
  readonly week: string
  readonly score: 'discipline' | 'service'
  /** 0: the first final value; each restatement one more. */
  readonly issue: number
  readonly value: number | null
  readonly policyVersion: string
  /** The week was over before its first fact came in: more of it may be on the way. */
  readonly settling: boolean
  /** Server time at which the facts were read. */
  readonly at: string
}

export interface IssuedScore extends StandingScore {
  readonly oldValue: number | null
  /** Empty for the first final value. */
  readonly cause: string
}

/** What came in for one person-day (its date), for complaints, or for the directory, since an instant. */
export interface Arrival {
  readonly unitId: string
  readonly of: 'day' | 'complaint' | 'directory'
  /** Work date; empty where it is of no day. */
  readonly date: string
  readonly kind: 'withdrawal' | 'correction' | 'late event'
  /** The latest of them, as server time. */
  readonly at: string
}

export interface ScoreName {
  readonly unitId: string
  readonly week: string
  readonly score: 'discipline' | 'service'
}

export interface FinalScores {
  standing(unitIds: readonly string[], fromWeek: string, toWeek: string): Promise<readonly StandingScore[]>
  /** Scores of which a row stands that is provisional. */
  provisional(unitIds: readonly string[], fromWeek: string, toWeek: string): Promise<readonly ScoreName[]>
  /**
   * What came in for each of these units after its instant and is folded: withdrawals and corrections of its facts, and whatever the
   * directory said. Late events of facts may be left out: they are what is said where nothing else is known.
   */
  arrivals(sinces: ReadonlyMap<string, string>): Promise<readonly Arrival[]>
  /** Of two rows with one unit, week, score and issue that with the later `at` stands. */
  issue(rows: readonly IssuedScore[]): Promise<void>
}
