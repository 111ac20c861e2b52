import type { PlainDate } from '@bina/domain/plain-date'

/**
 * Everything that can be wrong with what came in about one person-day, complaint or unit's coaching. docs/data-quality.md says of each
 * what happened, how it is taken all the same, and what to do; the folds' own files say it of their kinds.
 */
export const FINDING_KINDS = [
  'unknown_unit',
  'unknown_profile',
  // Of a person-day: day-findings.ts.
  'clock_out_before_in',
  'clock_out_without_in',
  'impossible_hours',
  'person_in_two_units',
  'outage_declared_by_unit',
  'day_off_set_by_unit',
  'presence_set_by_unit',
  // Of a complaint: complaint-findings.ts.
  'two_custodians',
  'responded_before_received',
  'resolved_before_received',
  'reopened_without_resolution',
  'audit_without_resolution',
  'response_found_empty',
  'rating_without_invitation',
  'audit_without_complaint',
  'rating_without_complaint',
  'act_without_complaint',
  // Of a unit's coaching: coaching-findings.ts.
  'done_without_agreement',
  'closed_without_finding',
  'decided_without_objection',
  'done_before_agreement',
] as const

export type FindingKind = (typeof FINDING_KINDS)[number]

/** One thing wrong with the input, counted in a unit's week. Never a reason to throw, nor to leave a fact out in silence. */
export interface Finding {
  readonly kind: FindingKind
  /** In whose data quality it is to be seen. */
  readonly unitId: string
  /** The date, in the city, whose week counts it. */
  readonly on: PlainDate
}
