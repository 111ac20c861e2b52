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
  /** Of the case in the complaint system it came by; absent where no template is set for its channel. */
  readonly url?: string
}

/** How one figure went, the oldest week first, the reported one last; a week without a point that may be shown is null. */
export interface ReportTrend {
  /** `service` or `discipline`, or a measure's id such as `S2`. Scores are 0..100, shares 0..1. */
  readonly of: string
  readonly points: readonly {
    readonly week: PlainDate
    readonly value: number | null
    readonly lower80: number | null
    readonly upper80: number | null
    /** Of a measure: the counts that the point is made from; as in `ReportMeasure`. */
    readonly numerator?: number
    readonly denominator?: number
  }[]
  /** Between which chance alone moves it; null while there are too few weeks. */
  readonly limits: { readonly centre: number; readonly lower: number; readonly upper: number } | null
  /** Of a measure: the weeks that one point is made from. `W1`: its own, as on its chart; else those that end with it. */
  readonly window?: ReportWindow
}

/** A change that chance does not explain, on one of the unit's headline charts (`unit_week_signal`). */
export interface ReportSignal {
  readonly measure: string
  readonly rule: 'beyond' | 'trend' | 'two_of_three' | 'shift'
  readonly direction: 'improvement' | 'concern'
  /** Weeks in a row, this one included, that it has stood. */
  readonly weeks: number
}

/** Verified complaints about how residents were met, by what they were about; counts alone, and never whose. */
export type ConductCategory = 'rude' | 'convoluted' | 'obstructive' | 'facility'
export interface ReportConduct {
  readonly category: ConductCategory
  readonly inWeek: number
  /** Of the last 13 weeks, the reported one included. */
  readonly inR13: number
}

/** A step that was agreed on; its words come from the action library, by `actionCode`. */
export interface ReportAction {
  readonly actionId: string
  readonly actionCode: string
  readonly agreedOn: PlainDate
  readonly dueOn: PlainDate
  readonly doneOn: PlainDate | null
}

/** A coaching of the unit by its superior that is planned and not held yet. */
export interface PlannedSession {
  readonly coachingId: string
  readonly topicCode: string
}

export interface ReportFinding {
  readonly findingId: string
  readonly raisedFrom: 'mayor_visit' | 'social_media' | 'spot_check' | 'inspectorate'
  readonly category: string
  readonly raisedOn: PlainDate
  readonly dueOn: PlainDate
  readonly closedOn: PlainDate | null
}

/** What the last mail of this report said, and what the same week says now, or what moved since. */
export interface ReportChange {
  /** `service` or `discipline`: points; `due` and `overdue`: open cases. */
  readonly of: 'service' | 'discipline' | 'due' | 'overdue'
  /** Null where no figure was, or is, shown. */
  readonly before: number | null
  readonly now: number | null
}

export interface ReportRestatement {
  readonly week: PlainDate
  readonly score: 'service' | 'discipline'
  readonly before: number | null
  readonly now: number | null
  /** As `score_restatement.cause` has it: `late event`, `correction`, `withdrawal`, `directory`, `rebuild`, or `policy v1 -> v2`. */
  readonly cause: string
}

export interface ReportObjection {
  readonly objectionId: string
  /** The Monday of the week objected to. */
  readonly week: PlainDate
  readonly measure: string | null
  readonly raisedOn: PlainDate
  /** Null while nobody has decided. */
  readonly outcome: 'upheld' | 'dismissed' | null
  readonly decidedOn: PlainDate | null
}

/** Only where it can be concluded (`coaching_effect`): points of 100 above what would have been without coaching. */
export interface ReportCoachingEffect {
  readonly measure: string
  readonly conclusion: 'higher' | 'lower' | 'none'
  readonly effect: number
  readonly lower80: number
  readonly upper80: number
  readonly comparedUnits: number
}

/** What a reader has to know about the figures; a closed list, so that every note has its words in both languages. */
export type ReportNote =
  | { readonly kind: 'suspected_outage_days'; readonly count: number }
  | { readonly kind: 'unknown_schedule_profile' }
  | { readonly kind: 'dead_letters'; readonly count: number }

/** Signed addresses of one copy of a report: each leads to a page with a button, and opening it changes nothing. */
export interface ReportLinks {
  readonly agree?: string
  /** One for each agreed step that is not done yet: says that it is. */
  readonly done?: readonly { readonly actionId: string; readonly url: string }[]
  readonly object?: string
  /** In the superior's copy alone (reading 43). */
  readonly held?: string
  readonly unsubscribe?: string
  /** In the superior's copy alone: ends the copies of all units below, and of no roll-up. */
  readonly unsubscribeCopies?: string
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
  /** When the suggested step is to be done: the last working day of the week that begins with the mail, as the city works. */
  readonly stepDueOn: PlainDate
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
  /** Of the service score first, then of the measures that the page may show; up to 26 weeks each. */
  readonly trends: readonly ReportTrend[]
  readonly signals: readonly ReportSignal[]
  /** One entry a category, also where it is 0. */
  readonly conduct: readonly ReportConduct[]
  /** Agreed on, and not done before the reported week; the latest first. */
  readonly actions: readonly ReportAction[]
  /** Open, or closed in the reported week; the earliest due first. */
  readonly findings: readonly ReportFinding[]
  /** What the superior's link records as held; absent where none is planned about now. */
  readonly session?: PlannedSession
  /** Against the snapshot kept with the last mail of this report; empty for the first. */
  readonly changes: readonly ReportChange[]
  readonly restatements: readonly ReportRestatement[]
  /** Undecided, or decided since the last mail. */
  readonly objections: readonly ReportObjection[]
  readonly coachingEffect: ReportCoachingEffect | null
  /** Spot checks in R4 that count for C1. */
  readonly spotChecks: { readonly confirmed: number; readonly notConfirmed: number }
  readonly policyVersion: string
  /** Where an objection goes: a mail address of the city's bureau. A reply to the mail reaches it too. */
  readonly contact: string
  /**
   * Who reads this copy; the text is the same for all but for the line that says why it came. `in_place_of`: the superior gets it,
   * since the post is vacant or its mailbox does not take mail. `added`: somebody beside the directory, who asked and confirmed.
   * Default: the unit's head.
   */
  readonly reader?: 'unit_head' | 'superior' | 'in_place_of' | 'added'
  /** Says so at the top and in the subject: one that was asked for again, or one that is only tried out. */
  readonly marked?: 'resent' | 'test'
  readonly notes?: readonly ReportNote[]
  /** Absent where no portal is set up: then the words ask for a reply to the mail. */
  readonly links?: ReportLinks
}
