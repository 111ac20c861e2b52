import type { PlainDate } from '@bina/domain/plain-date'
import type {
  ReportAction,
  ReportFinding,
  ReportLocale,
  ReportMeasure,
  ReportRestatement,
  ReportScore,
  ReportTrend,
  ReportUnitType,
} from './report-input.ts'

/** Who a roll-up is written for: a kecamatan, an agency (opd) or the city. */
export interface ReportedArea {
  readonly id: string
  readonly name: string
  readonly type: 'kecamatan' | 'opd' | 'city'
  readonly headRole: string
  readonly locale: ReportLocale
  readonly zone: string
}

/** What every report says of itself. */
export interface ReportFrame {
  /** The Monday of the reported week. */
  readonly week: PlainDate
  readonly dataCompleteUntilMs: number
  readonly nextRunMs: number
  readonly objectionUntil: PlainDate
  readonly status: 'provisional' | 'final'
  readonly policyVersion: string
  readonly contact: string
  readonly marked?: 'resent' | 'test'
  readonly unsubscribeUrl?: string
}

/** What a unit may want help with; never a verdict. `cases_overdue`: n cases past due; `signal_concern`: a chart says so. */
export interface HelpWanted {
  readonly kind: 'needs_support' | 'cases_overdue' | 'action_overdue' | 'finding_overdue' | 'signal_concern'
  readonly count: number
}

/** One unit below the reader's; rows stand by the unit's name, never by a figure. */
export interface AreaUnit {
  readonly id: string
  readonly name: string
  readonly type: ReportUnitType
  readonly service: ReportScore | null
  readonly discipline: ReportScore | null
  readonly casesDue: number
  readonly casesOverdue: number
  readonly help: readonly HelpWanted[]
}

/** A complaint that went between units, or that nobody has been given: what a superior can unblock. */
export interface StuckCase {
  readonly complaintId: string
  /** Names of the units that hold or held it, in their order. */
  readonly units: readonly string[]
  readonly receivedOn: PlainDate
  readonly dueOn: PlainDate
  readonly url?: string
}

export interface AreaAction extends ReportAction {
  readonly unitName: string
}
export interface AreaFinding extends ReportFinding {
  readonly unitName: string
}

/** The report of a camat or kepala dinas: all from the units below, pooled (scope `area`), and each unit by its name. */
export interface AreaReportInput extends ReportFrame {
  readonly kind: 'area'
  readonly area: ReportedArea
  /** Scope `area`: numerators and denominators added up, never a mean of scores. */
  readonly measures: readonly ReportMeasure[]
  readonly trends: readonly ReportTrend[]
  readonly units: readonly AreaUnit[]
  readonly stuck: readonly StuckCase[]
  readonly actions: readonly AreaAction[]
  readonly findings: readonly AreaFinding[]
  /** K1 of the area in R13: sessions held of those planned. */
  readonly spotChecks: { readonly confirmed: number; readonly notConfirmed: number }
  readonly restatements: readonly (ReportRestatement & { readonly unitName: string })[]
}

/** Mayor and Sekda: the city's service, what blocks units, whether coaching takes place. No unit is set beside another. */
export interface CityReportInput extends ReportFrame {
  readonly kind: 'city'
  readonly area: ReportedArea
  readonly measures: readonly ReportMeasure[]
  /** Three: S1, S2 and S6 of the city. */
  readonly trends: readonly ReportTrend[]
  /** How many units read which band, and how many have too few data; counts alone. */
  readonly bands: Readonly<Record<ReportScore['band'], number>>
  readonly unitsWantingHelp: number
  readonly stuck: readonly StuckCase[]
  readonly findings: { readonly open: number; readonly overdue: number; readonly closedInWeek: number }
  /** Days that were no unit's fault: suspected or declared outages in the week, and sources that fell silent. */
  readonly blocked: { readonly outageUnitDays: number; readonly silentSources: readonly string[] }
  /** Concluded alone, of the city and of actions by their code. */
  readonly effects: readonly {
    readonly subject: string
    readonly measure: string
    readonly conclusion: 'higher' | 'lower' | 'none'
    readonly effect: number
    readonly lower80: number
    readonly upper80: number
    readonly coachedUnits: number
  }[]
}

/** Inspectorate and BKPSDM: whether the records can be trusted, and the separate list of severe cases. No performance, no score. */
export interface IntegrityReportInput extends ReportFrame {
  readonly kind: 'integrity'
  readonly area: Omit<ReportedArea, 'type'> & { readonly type: 'opd' | 'city' }
  /** Units of which the integrity charts say that something changed: B1, B4, S8, S10, in the order of names. */
  readonly signals: readonly {
    readonly unitName: string
    readonly measure: string
    readonly rule: string
    readonly weeks: number
  }[]
  /** Random checks in R4 that did not find what the record says, by unit in the order of names; units with none are left out. */
  readonly mismatches: readonly { readonly unitName: string; readonly notConfirmed: number; readonly checks: number }[]
  readonly suspectedOutages: readonly { readonly unitName: string; readonly day: PlainDate; readonly persons: number }[]
  /** Ids, never what they say. */
  readonly severeCases: readonly {
    readonly complaintId: string
    readonly category: string
    readonly receivedOn: PlainDate
    readonly isOpen: boolean
  }[]
  readonly draws: readonly {
    readonly drawId: string
    readonly week: PlainDate
    readonly slots: number
    readonly commitment: string
    readonly seed: string
  }[]
  /** `data_quality` of the week: kinds and counts over all units. */
  readonly dataQuality: readonly { readonly kind: string; readonly count: number }[]
  readonly deadLetters: readonly { readonly reason: string; readonly count: number }[]
  readonly restatements: readonly (ReportRestatement & { readonly unitName: string })[]
}

/** To the operator: what did not go out, why, and what to type. */
export interface OperatorNotice {
  readonly kind: 'notice'
  readonly locale: ReportLocale
  readonly zone: string
  readonly week: PlainDate
  readonly runId: string
  readonly state: 'held' | 'finished_with_failures' | 'awaiting_approval' | 'paused'
  readonly cause: string
  /** Commands to type, in their order. */
  readonly commands: readonly string[]
  readonly atMs: number
  readonly delivered: number
  readonly failed: number
  /** Units whose report was held back, with the cause; by id. */
  readonly heldUnits: readonly { readonly unitId: string; readonly cause: string }[]
}
