import type { Finding } from './finding.ts'

export type ComplaintState = 'open' | 'waiting' | 'resolved' | 'closed_silent' | 'excluded'
export type FailureReason = '' | 'late_forward' | 'overdue' | 'reopened'

/** One unit's time of answering for a complaint (domain.md 5.4, readings 6 to 13). */
export interface Custody {
  readonly unitId: string
  readonly fromMs: number
  /** Absent while the unit holds the complaint, or held it last. */
  readonly toMs: number | undefined
  readonly ownResponseDueMs: number
  readonly ownDueMs: number
  readonly workingMinutes: number
  readonly budgetMinutes: number
  readonly failed: boolean
  readonly failureReason: FailureReason
}

export interface ClosedSpan {
  readonly fromMs: number
  /** Absent while it lasts. */
  readonly toMs: number | undefined
}

/** A case of S7. */
export interface CaseDuration {
  readonly ownDueMs: number
  /** Working minutes in custody until it was resolved; undefined while it is open. */
  readonly minutes: number | undefined
  /** The schedule profile whose time is working time. */
  readonly profile: string
  /** Of an open case: the stretches in which its minutes run, the last one without an end. Empty once resolved. */
  readonly running: readonly { readonly fromMs: number; readonly toMs: number | undefined }[]
}

/** One thing that a measure counts in the week of its instant; SQL adds these up as they are. */
export interface ServiceFact {
  readonly measure: 'B4' | 'S8' | 'S9' | 'S10' | 'S11' | 'S15'
  readonly atMs: number
  /** Seen only by weeks whose cut-off is not before this instant; absent: by all. */
  readonly countsFromMs: number | undefined
  readonly numerator: number
  readonly denominator: number
}

/**
 * What one unit answers for in one complaint; SQL only adds these up. A `DueMs` is absent when the measure does not
 * count.
 */
export interface UnitShare {
  /** `noUnit` for a complaint that names no unit, while nobody has been given it. */
  readonly unitId: string
  readonly responseDueMs: number | undefined
  readonly responseOnTime: boolean
  readonly resolutionDueMs: number | undefined
  readonly resolutionSustained: boolean
  /**
   * S4: the spans in which the unit held it (last holder also after closing), with the own due of each. Empty when out
   * of scope.
   */
  readonly backlog: readonly { readonly fromMs: number; readonly toMs: number | undefined; readonly ownDueMs: number }[]
  /**
   * S4 of roll-ups: the time in which nobody had been given it though it was due, where this unit is the one complained about. Empty
   * when out of scope.
   */
  readonly unheld: readonly ClosedSpan[]
  /** S3: audits that count, at the instant of the closure that they looked at. */
  readonly audits: readonly { readonly closedAtMs: number; readonly verified: boolean }[]
  /**
   * S5 and S6: per respondent the mean of (answer - 1) / 3 over all answered elements, and over conduct, procedure and
   * requirements.
   */
  readonly ratings: readonly {
    readonly atMs: number
    readonly satisfaction: number
    readonly courtesy: number | undefined
  }[]
  /** The receipt's instant, when this unit is accountable or, with nobody accountable yet, was complained about. */
  readonly receivedAtMs: number | undefined
  /** Reopenings within 30 days charged to this unit (unit_day.reopened), at the instant of reopening. */
  readonly reopenedAtMs: readonly number[]
  /** S8: the complaint's first resolution, when it fell into this unit's time of answering. */
  readonly firstResolution:
    | { readonly ownDueMs: number; readonly atMs: number; readonly reopenedAtMs: number | undefined }
    | undefined
  /** S9: forwards by this unit and its refusals, at the instant of the act; late after more than three working days. */
  readonly forwards: readonly { readonly atMs: number; readonly late: boolean }[]
  /**
   * S7: how long the unit that answers for it at last has had it, in that unit's own working time, once the own due has
   * come.
   */
  readonly duration: CaseDuration | undefined
  /**
   * B4: in scope, and held at the due that no waiting moves; `waited` when waiting for the reporter had stopped the unit's clock by then.
   */
  readonly waiting: { readonly dueMs: number; readonly waited: boolean } | undefined
  /** B4, S8 to S11 and S15, in order of their instants. */
  readonly facts: readonly ServiceFact[]
}

/** S1 and S2 by the citizen's clock, which no reassignment moves: what roll-ups over an area count (reading 6). */
export interface CitizenShare {
  readonly responseDueMs: number | undefined
  readonly responseOnTime: boolean
  readonly resolutionDueMs: number | undefined
  readonly resolutionSustained: boolean
}

/** One complaint's whole life in one row. */
export interface Complaint {
  readonly complaintId: string
  readonly channel: string
  readonly kind: string
  readonly category: string
  readonly slaClass: string
  readonly receivedAtMs: number
  readonly verifiedAtMs: number | undefined
  readonly accountableUnitId: string | undefined
  readonly responseDueMs: number
  readonly dueMs: number
  readonly respondedAtMs: number | undefined
  readonly resolvedAtMs: number | undefined
  readonly outcome: '' | 'fixed' | 'answered' | 'closed_silent'
  readonly reopenedAtMs: number | undefined
  readonly excludedReason: '' | 'invalid' | 'not_ours' | 'withdrawn' | 'duplicate'
  /** The complaint that this one was merged into, when it is excluded as its duplicate. */
  readonly mergedInto: string | undefined
  /** Out of S1 to S6 and into the inspectorate's list, whatever became of it. */
  readonly severe: boolean
  /** Units complained about or in custody of it, sorted. */
  readonly unitIds: readonly string[]
  /** The unit complained about, else the first that had it. */
  readonly aboutUnitId: string | undefined
  readonly reporterKey: string | undefined
  readonly state: ComplaintState
  readonly overdue: boolean
  readonly custodies: readonly Custody[]
  readonly closedSpans: readonly ClosedSpan[]
  readonly shares: readonly UnitShare[]
  readonly citizen: CitizenShare
}

export interface ComplaintFold {
  /** Absent until the complaint's receipt is known. */
  readonly row: Complaint | undefined
  readonly unitsEverNamed: readonly string[]
  /** What in its events cannot be right, in order of their instants. */
  readonly findings: readonly Finding[]
  /**
   * The next instant at which time alone changes the row: a due instant, the end of a waiting; undefined when settled.
   */
  readonly nextChangeAtMs: number | undefined
}
