import { createHash } from 'node:crypto'
import type { Complaint, UnitShare } from '@bina/pipeline/fold/complaint'
import type { Finding } from '@bina/pipeline/fold/finding'
import type { PersonDay } from '@bina/pipeline/fold/person-day'

// Rows as JSONEachRow takes them. Instants are epoch milliseconds, which DateTime64(3) reads as its ticks.

export function personDayRow(day: PersonDay, findings: readonly Finding[], readAt: string) {
  return {
    unit_id: day.unitId,
    work_date: day.workDate,
    person_key: day.personKey,
    status: day.status,
    late_minutes: day.lateMinutes,
    early_minutes: day.earlyMinutes,
    late_class: day.lateClass,
    early_class: day.earlyClass,
    made_up: Number(day.madeUp),
    retroactive: Number(day.retroactive),
    manual_record: Number(day.manualRecord),
    on_time: Number(day.onTime),
    full_day: Number(day.fullDay),
    clock_records: Math.min(255, day.clockRecords),
    manual_records: Math.min(255, day.manualRecords),
    checks_confirmed: Math.min(255, day.checksConfirmed),
    checks_failed: Math.min(255, day.checksFailed),
    heard: Number(day.heard),
    lost_minutes: day.lostMinutes,
    findings: findings.map(({ kind }) => kind),
    checks_weight_confirmed: day.checkWeights.confirmed,
    checks_weight: day.checkWeights.all,
    checks_weight_squared: day.checkWeights.squared,
    version: readAt,
    is_deleted: 0,
  }
}

export function complaintRow(complaint: Complaint, readAt: string) {
  const { custodies } = complaint
  return {
    complaint_id: complaint.complaintId,
    channel: complaint.channel,
    kind: complaint.kind,
    category: complaint.category,
    sla_class: complaint.slaClass,
    received_at: complaint.receivedAtMs,
    verified_at: complaint.verifiedAtMs ?? null,
    accountable_unit_id: complaint.accountableUnitId ?? null,
    response_due_at: complaint.responseDueMs,
    due_at: complaint.dueMs,
    responded_at: complaint.respondedAtMs ?? null,
    resolved_at: complaint.resolvedAtMs ?? null,
    outcome: complaint.outcome,
    reopened_at: complaint.reopenedAtMs ?? null,
    excluded_reason: complaint.excludedReason,
    state: complaint.state,
    merged_into: complaint.mergedInto ?? '',
    severe: Number(complaint.severe),
    unit_ids: complaint.unitIds,
    about_unit_id: complaint.aboutUnitId ?? '',
    reporter: complaint.reporterKey === undefined ? '' : hashOf(complaint.reporterKey),
    'custody.unit_id': custodies.map(({ unitId }) => unitId),
    'custody.from_at': custodies.map(({ fromMs }) => fromMs),
    'custody.to_at': custodies.map(({ toMs }) => toMs ?? null),
    'custody.own_response_due_at': custodies.map(({ ownResponseDueMs }) => ownResponseDueMs),
    'custody.own_due_at': custodies.map(({ ownDueMs }) => ownDueMs),
    'custody.working_minutes': custodies.map(({ workingMinutes }) => workingMinutes),
    'custody.budget_minutes': custodies.map(({ budgetMinutes }) => budgetMinutes),
    'custody.failed': custodies.map(({ failed }) => Number(failed)),
    'custody.failure_reason': custodies.map(({ failureReason }) => failureReason),
    version: readAt,
    is_deleted: 0,
  }
}

/** Tells one reporter from another, and no more. */
const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url').slice(0, 16)

export function unitComplaintRow(complaint: Complaint, share: UnitShare, readAt: string) {
  // The citizen's clock counts a complaint once: where its receipt counts.
  const citizen = share.receivedAtMs === undefined ? undefined : complaint.citizen
  return {
    unit_id: share.unitId,
    complaint_id: complaint.complaintId,
    received_at: share.receivedAtMs ?? null,
    response_due_at: share.responseDueMs ?? null,
    response_on_time: Number(share.responseOnTime),
    resolution_due_at: share.resolutionDueMs ?? null,
    resolution_sustained: Number(share.resolutionSustained),
    'backlog.from_at': share.backlog.map(({ fromMs }) => fromMs),
    'backlog.to_at': share.backlog.map(({ toMs }) => toMs ?? null),
    'backlog.own_due_at': share.backlog.map(({ ownDueMs }) => ownDueMs),
    'closed.from_at': complaint.closedSpans.map(({ fromMs }) => fromMs),
    'closed.to_at': complaint.closedSpans.map(({ toMs }) => toMs ?? null),
    'audit.closed_at': share.audits.map(({ closedAtMs }) => closedAtMs),
    'audit.verified': share.audits.map(({ verified }) => Number(verified)),
    'rating.at': share.ratings.map(({ atMs }) => atMs),
    'rating.satisfaction': share.ratings.map(({ satisfaction }) => satisfaction),
    'rating.courtesy': share.ratings.map(({ courtesy }) => courtesy ?? null),
    reopened_at: share.reopenedAtMs,
    'fact.measure': share.facts.map(({ measure }) => measure),
    'fact.at': share.facts.map(({ atMs }) => atMs),
    'fact.counts_from': share.facts.map(({ countsFromMs }) => countsFromMs ?? null),
    'fact.numerator': share.facts.map(({ numerator }) => numerator),
    'fact.denominator': share.facts.map(({ denominator }) => denominator),
    duration_due_at: share.duration?.ownDueMs ?? null,
    duration_minutes: share.duration?.minutes ?? null,
    duration_profile: share.duration?.profile ?? '',
    'running.from_at': share.duration?.running.map(({ fromMs }) => fromMs) ?? [],
    'running.to_at': share.duration?.running.map(({ toMs }) => toMs ?? null) ?? [],
    due_at: complaint.dueMs,
    'unheld.from_at': share.unheld.map(({ fromMs }) => fromMs),
    'unheld.to_at': share.unheld.map(({ toMs }) => toMs ?? null),
    citizen_response_due_at: citizen?.responseDueMs ?? null,
    citizen_response_on_time: Number(citizen?.responseOnTime ?? false),
    citizen_resolution_due_at: citizen?.resolutionDueMs ?? null,
    citizen_resolution_sustained: Number(citizen?.resolutionSustained ?? false),
    version: readAt,
    is_deleted: 0,
  }
}
