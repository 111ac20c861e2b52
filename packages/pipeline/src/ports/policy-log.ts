import type { PlainDate } from '@bina/domain/plain-date'
import type { PolicyChange } from '../policy/policy-changes.ts'

export interface AppliedPolicy {
  readonly version: string
  /** The rules as JSON. */
  readonly contents: string
}

/** How far the touches of a change have come, so that a worker that takes over does not begin anew. */
export interface ChangeUnderWay {
  readonly target: string
  readonly through: PlainDate
}

/** Which rules the tables follow, and what a change of them moves. Every write may be repeated. */
export interface PolicyLog {
  applied(): Promise<AppliedPolicy | undefined>
  setApplied(policy: AppliedPolicy): Promise<void>
  underWay(): Promise<ChangeUnderWay | undefined>
  setUnderWay(change: ChangeUnderWay & { readonly version: string }): Promise<void>
  /** Versions of the rules that the tables follow, or are on their way to: at most two. */
  versionsWanted(): Promise<readonly string[]>
  /** Kept before the first touch goes out, so that whoever judges a score anew knows why. */
  record(changes: readonly RecordedChange[]): Promise<void>
  changes(): Promise<readonly RecordedChange[]>
  /** Versions under which any score was judged that stands. */
  versionsOfScores(): Promise<readonly string[]>
  /** Work dates, in order, that have a person-day. */
  workDates(from: PlainDate, to: PlainDate): Promise<readonly PlainDate[]>
  personDays(
    from: PlainDate,
    to: PlainDate,
  ): Promise<readonly { readonly personKey: string; readonly workDate: PlainDate }[]>
  /** Complaints received in the span, by receipt date; or with a clock that ran, or may still run, on a day of it. */
  complaints(by: 'receipt' | 'clock', from: PlainDate, to: PlainDate): Promise<readonly string[]>
}

export interface RecordedChange extends PolicyChange {
  /** Empty when it was not on record. */
  readonly fromVersion: string
  readonly toVersion: string
}
