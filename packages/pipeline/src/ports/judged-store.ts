export interface MeasureRow {
  readonly unitId: string
  readonly week: string
  readonly measure: string
  readonly window: string
  readonly numerator: number
  readonly denominator: number
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
}

export interface ScoreRow {
  readonly unitId: string
  readonly week: string
  readonly score: 'discipline' | 'service'
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: string
  readonly band: string
  readonly terms: Readonly<Record<string, number>>
  readonly status: 'provisional' | 'final'
}

/** S7 of a unit and week, in working hours; null when too few are resolved to say. */
export interface DurationRow {
  readonly unitId: string
  readonly week: string
  readonly cases: number
  readonly censored: number
  readonly medianWorkingHours: number | null
  readonly p80WorkingHours: number | null
}

export interface Judgement {
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
  readonly policyVersion: string
  readonly measures: readonly MeasureRow[]
  readonly scores: readonly ScoreRow[]
}

export interface TimedWeeks {
  readonly unitIds: readonly string[]
  readonly fromWeek: string
  readonly toWeek: string
  readonly policyVersion: string
  readonly durations: readonly DurationRow[]
}

export interface JudgedStore {
  /** Makes the rows of these units and weeks exactly those given: what stood there and is not among them is taken back. */
  write(judgement: Judgement, readAt: string): Promise<void>
  /** The same for their time to resolve. */
  writeDurations(timed: TimedWeeks, readAt: string): Promise<void>
}
