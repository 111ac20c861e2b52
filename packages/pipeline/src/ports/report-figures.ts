export interface ReportedUnit {
  readonly unitId: string
  readonly name: string
  readonly unitType: string
  readonly headRole: string
  readonly locale: string
  readonly reportEmails: readonly string[]
}

export interface ScoreFigures {
  readonly unitId: string
  readonly score: string
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: string
  readonly band: string
  readonly terms: Readonly<Record<string, number>>
  readonly status: string
  readonly policyVersion: string
}

export interface MeasureFigures {
  readonly unitId: string
  readonly measure: string
  readonly window: string
  readonly numerator: number
  readonly denominator: number
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
}

export interface OpenCase {
  readonly unitId: string
  readonly complaintId: string
  /** The unit's own due. */
  readonly dueAtMs: number
}

/** What the weekly reports are written from; each is asked once for all units of a run. */
export interface ReportFigures {
  /** Kelurahan, kecamatan and upt that the directory knows on this date, by id. */
  unitsOn(date: string): Promise<readonly ReportedUnit[]>
  scoresOf(week: string): Promise<readonly ScoreFigures[]>
  measuresOf(week: string): Promise<readonly MeasureFigures[]>
  /** Complaints that are open now, with the unit that holds them. */
  openCases(): Promise<readonly OpenCase[]>
}
