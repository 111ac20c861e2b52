/** Who a unit answers to: the unit above it in the directory. */
export interface Superior {
  readonly unitId: string
  readonly name: string
  readonly headRole: string
  readonly locale: string
  /** None where the post is vacant. */
  readonly reportEmails: readonly string[]
  /** And who that unit answers to; absent at the top. */
  readonly superior?: Superior
}

export interface ReportedUnit {
  readonly unitId: string
  readonly name: string
  readonly unitType: string
  readonly headRole: string
  readonly locale: string
  readonly reportEmails: readonly string[]
  /** Absent where the directory names none that it knows on the day. */
  readonly superior?: Superior
}

/** One unit of the directory, of any type. */
export interface DirectoryUnit extends Omit<ReportedUnit, 'superior'> {
  /** Empty where there is none. */
  readonly parentUnitId: string
}

export interface ScoreFigures {
  readonly unitId: string
  readonly week: string
  readonly score: string
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: string
  readonly band: string
  /** Of the last week that was asked for; empty for those before it. */
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

/** The weeks of one measure in one window, in their order; weeks without a case are not among them. */
export interface MeasureWeeks {
  readonly unitId: string
  readonly measure: string
  readonly window: string
  readonly weeks: readonly string[]
  readonly numerators: readonly number[]
  readonly denominators: readonly number[]
  readonly estimates: readonly number[]
  readonly lower80s: readonly number[]
  readonly upper80s: readonly number[]
}

/** One unit's week on its own control chart (`unit_week_signal`). */
export interface ChartWeek {
  readonly unitId: string
  readonly measure: string
  readonly week: string
  readonly chart: string
  readonly value: number
  readonly centre: number
  readonly lowerLimit: number
  readonly upperLimit: number
  /** Empty where chance explains the week. */
  readonly rule: string
  readonly direction: string
}

export interface OpenCase {
  /** The unit that holds it. */
  readonly unitId: string
  readonly complaintId: string
  readonly channel: string
  /** The unit's own due. */
  readonly dueAtMs: number
}

/** An open complaint that more than one unit has held, or none. */
export interface UnsettledCase {
  readonly complaintId: string
  readonly channel: string
  readonly receivedAtMs: number
  readonly dueAtMs: number
  /** Units that hold or held it, in the order in which they got it; empty while nobody was given it. */
  readonly unitIds: readonly string[]
  /** The unit complained about; empty where none was named. */
  readonly aboutUnitId: string
}

/** Verified complaints of one category, by the week of their receipt. */
export interface ConductCount {
  readonly unitId: string
  readonly category: string
  readonly inWeek: number
  readonly inR13: number
}

/** An agreed action, a finding or an objection. */
export interface CoachingRow {
  readonly unitId: string
  readonly kind: 'session' | 'action' | 'finding' | 'objection'
  readonly itemId: string
  /** The unit whose head coaches; empty where there is none. */
  readonly coachUnitId: string
  /** The session's topic, the action's code, the finding's category, the measure objected to; empty where there is none. */
  readonly code: string
  readonly raisedFrom: string
  readonly openedAtMs: number
  /** Session: planned on; action and finding: due on; objection: Monday of the week objected to. */
  readonly dueOn: string
  readonly closedAtMs: number | null
  readonly outcome: string
}

/** One time that a final score was replaced. */
export interface RestatedScore {
  readonly unitId: string
  readonly week: string
  readonly score: string
  readonly before: number | null
  readonly now: number | null
  readonly cause: string
  readonly atMs: number
}

/** Only what could be concluded. */
export interface EffectRow {
  readonly kind: 'unit' | 'action' | 'city'
  readonly subject: string
  readonly measure: string
  readonly conclusion: string
  readonly effect: number
  readonly lower80: number
  readonly upper80: number
  readonly coachedUnits: number
  readonly comparedUnits: number
}

/** What of a unit's week stands for nobody's fault, or was read otherwise than sent. */
export interface UnitNotes {
  readonly unitId: string
  /** Days on which not one of five or more people was heard of. */
  readonly suspectedOutageDays: readonly { readonly day: string; readonly persons: number }[]
  /** The same and those that the city declared. */
  readonly outageDays: number
  readonly hasUnknownProfile: boolean
}

export interface Weeks {
  readonly fromWeek: string
  readonly toWeek: string
}

/**
 * What the weekly reports are written from. Each is asked once for many units together, and reads no week that no report shows, however
 * many there are. Weeks are Mondays.
 */
export interface ReportFigures {
  /** All units that the directory knows on this date, by id. */
  directoryOn(date: string): Promise<readonly DirectoryUnit[]>
  scoresOf(unitIds: readonly string[], weeks: Weeks): Promise<readonly ScoreFigures[]>
  measuresOf(
    unitIds: readonly string[],
    asked: { readonly week: string; readonly scope: 'own' | 'area' },
  ): Promise<readonly MeasureFigures[]>
  measureWeeksOf(
    unitIds: readonly string[],
    asked: Weeks & {
      readonly scope: 'own' | 'area'
      readonly measures: readonly string[]
      readonly windows: readonly string[]
    },
  ): Promise<readonly MeasureWeeks[]>
  /** In the order of units, measures and weeks. */
  chartWeeksOf(
    unitIds: readonly string[],
    asked: Weeks & { readonly measures: readonly string[] },
  ): Promise<readonly ChartWeek[]>
  /** Complaints that are open now and count in the scores. */
  openCasesOf(unitIds: readonly string[]): Promise<readonly OpenCase[]>
  conductOf(
    unitIds: readonly string[],
    asked: Weeks & { readonly categories: readonly string[] },
  ): Promise<readonly ConductCount[]>
  /** Open now, or closed at or after this instant; each with the unit that it is about. */
  coachingOf(unitIds: readonly string[], closedSinceMs: number): Promise<readonly CoachingRow[]>
  /** Of scores of these weeks, at or after this instant; those of one score in the order in which they came. */
  restatementsOf(
    unitIds: readonly string[],
    asked: Weeks & { readonly sinceMs: number },
  ): Promise<readonly RestatedScore[]>
  effectsOf(kind: EffectRow['kind'], subjects: readonly string[] | 'all'): Promise<readonly EffectRow[]>
  /** Units of which there is nothing to note have no row. */
  notesOf(unitIds: readonly string[], week: string): Promise<readonly UnitNotes[]>
  /** Complaints that are open now, and that two or more units have held or nobody was given. */
  unsettledCases(): Promise<readonly UnsettledCase[]>
}
