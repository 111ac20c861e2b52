import type { PlainDate } from '@bina/domain/plain-date'

export type ReportLocale = 'id' | 'en'
export type ReportUnitType = 'kelurahan' | 'kecamatan' | 'upt'
export type ReportBand = 'kept' | 'needs_attention' | 'needs_support' | 'inconclusive' | 'not_enough_data'
export type ReportConfidence = 'high' | 'medium' | 'low' | 'hidden'
export type ReportWindow = 'W1' | 'R4' | 'R13' | 'R26' | 'R52'

export interface ReportUnit {
  readonly id: string
  readonly name: string
  readonly type: ReportUnitType
  /** The post, not the person: `Lurah`, `Camat`, `Kepala UPT`. */
  readonly headRole: string
  readonly locale: ReportLocale
  /** IANA zone in which every date and time of the report is shown. */
  readonly zone: string
}

/** One term of a score: its points 0..100 before weighting, and its weight; the weights of a score add up to 1. */
export interface ReportTerm {
  readonly term: string
  readonly points: number
  readonly weight: number
}

export interface ReportScore {
  /** 0..100; null when hidden. Then neither the interval nor the terms are spoken of. */
  readonly value: number | null
  readonly lower80: number
  readonly upper80: number
  readonly confidence: ReportConfidence
  readonly band: ReportBand
  /** The window that the cases come from: R13 or, widened, R26 for service; R4 for discipline. */
  readonly window: ReportWindow
  readonly terms: readonly ReportTerm[]
}

/** One row of `unit_week_measure`. For S5 and S6 the numerator is a sum of shares (0..1), the denominator counts respondents. */
export interface ReportMeasure {
  readonly measure: string
  readonly window: ReportWindow
  readonly numerator: number
  readonly denominator: number
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
}

export interface ReportCase {
  readonly complaintId: string
  /** The unit's own due instant. */
  readonly dueAtMs: number
}

/** What a reader has to know about the figures; a closed list, so that every note has its words in both languages. */
export type ReportNote =
  | { readonly kind: 'suspected_outage_days'; readonly count: number }
  | { readonly kind: 'unknown_schedule_profile' }
  | { readonly kind: 'dead_letters'; readonly count: number }

/** Signed addresses of one copy of a report: each leads to a page with a button, and opening it changes nothing. */
export interface ReportLinks {
  readonly agree?: string
  readonly object?: string
  /** In the superior's copy alone (reading 43). */
  readonly held?: string
  readonly unsubscribe?: string
}

/**
 * All that one unit's weekly report says, as plain JSON: equal inputs give equal reports, byte for byte.
 * It holds figures of this unit alone, and nobody's name.
 */
export interface ReportInput {
  readonly unit: ReportUnit
  /** The Monday of the reported week. */
  readonly week: PlainDate
  /** Every event stored before this instant is counted. */
  readonly dataCompleteUntilMs: number
  readonly nextRunMs: number
  /** The last day on which an objection is taken: five working days after the mail. */
  readonly objectionUntil: PlainDate
  /** `final` from 14 days after the cut-off; before that late events may still move the figures. */
  readonly status: 'provisional' | 'final'
  /** Null when the unit has no score row for the week. */
  readonly service: ReportScore | null
  readonly discipline: ReportScore | null
  readonly measures: readonly ReportMeasure[]
  /** Open cases that the unit holds, due in the next five working days, soonest first. */
  readonly casesDue: readonly ReportCase[]
  /** Open cases that the unit holds past their due instant, oldest first. */
  readonly casesOverdue: readonly ReportCase[]
  /** Spot checks in R4 that count for C1. */
  readonly spotChecks: { readonly confirmed: number; readonly notConfirmed: number }
  readonly policyVersion: string
  /** Where an objection goes: a mail address of the city's bureau. A reply to the mail reaches it too. */
  readonly contact: string
  /** Who reads this copy; the text is the same for both but for the line that says why it came. Default: the unit's head. */
  readonly reader?: 'unit_head' | 'superior'
  readonly notes?: readonly ReportNote[]
  /** Absent where no portal is set up: then the words ask for a reply to the mail. */
  readonly links?: ReportLinks
}
