import type {
  CaseBehind,
  DaysOfStatus,
  EventBehind,
  FindingOfWeek,
  Restated,
  StoredScore,
} from '@bina/clickhouse/facts-behind'
import type { PlainDate } from '@bina/domain/plain-date'
import type { ExplainedScore } from '@bina/scoring/explain/explain-score'
import type { PriorOrigin } from '@bina/scoring/explain/prior-origin'
import type { Behind } from '../behind.ts'

/** How the stored row stands to what its counts come to now. */
export type Agreement =
  | 'same'
  /** It differs, or is not there, and messages that move it are still to be worked through. */
  | 'under_way'
  /** It was judged by other rules. */
  | 'other_policy'
  | 'differs'
  /** No fact of the unit stands up to this week, so it has no row. */
  | 'no_facts'

export interface ScoreExplanation extends ExplainedScore {
  readonly priors: Readonly<Record<string, PriorOrigin>>
  readonly stored: StoredScore | undefined
  readonly agreement: Agreement
  /** Each time that it moved after it was final. */
  readonly restated: readonly Restated[]
}

export interface Explanation {
  readonly unitId: string
  readonly name: string
  /** As which it is scored in this week; absent when it is not. */
  readonly unitType: string | undefined
  /** As which the directory has it last. */
  readonly latestType: string | undefined
  readonly week: PlainDate
  readonly policyVersion: string
  readonly status: 'provisional' | 'final'
  readonly finalAtMs: number
  readonly behind: Behind
  readonly scores: readonly ScoreExplanation[]
  readonly attendance: {
    readonly from: PlainDate
    readonly to: PlainDate
    readonly persons: number
    /** Empty where fewer than `leastPersons` people stand behind them: then a day is a person's own. */
    readonly days: readonly DaysOfStatus[]
    readonly suspectedOutages: readonly PlainDate[]
    /** Undefined when this user may not read them. */
    readonly events: readonly (EventBehind & { readonly day: PlainDate })[] | undefined
  }
  readonly complaints: readonly {
    readonly complaintId: string
    readonly counted: readonly Omit<CaseBehind, 'complaintId'>[]
    readonly events: readonly EventBehind[]
  }[]
  readonly findings: readonly FindingOfWeek[]
}

/** The days of fewer people are told as counts of the whole stretch alone. */
export const leastPersons = 5
