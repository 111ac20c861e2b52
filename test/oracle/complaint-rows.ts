import { isoOf } from './city-time.ts'
import { type Complaint, isClosed } from './complaint.ts'
import { text } from './event.ts'

const minuteMs = 60_000

export interface ComplaintRow {
  readonly complaint_id: string
  readonly channel: string
  readonly kind: string
  readonly category: string
  readonly sla_class: string
  readonly received_at: string
  readonly verified_at: string | null
  readonly accountable_unit_id: string | null
  readonly response_due_at: string
  readonly due_at: string
  readonly responded_at: string | null
  readonly resolved_at: string | null
  readonly outcome: string
  readonly reopened_at: string | null
  readonly excluded_reason: string
  readonly state: 'open' | 'waiting' | 'resolved' | 'closed_silent' | 'excluded'
  readonly overdue: number
  readonly merged_into: string
  readonly supporters: number
}

export interface ComplaintCustodyRow {
  readonly complaint_id: string
  readonly unit_id: string
  readonly from_at: string
  readonly to_at: string | null
  readonly own_due_at: string
  readonly working_minutes: number
  readonly budget_minutes: number
  readonly failed: number
  readonly failure_reason: string
}

function maybeIso(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : isoOf(ms)
}

function stateOf(complaint: Complaint, outcome: string, nowMs: number): ComplaintRow['state'] {
  if (complaint.timeline.exclusion !== null) return 'excluded'
  if (isClosed(complaint)) return outcome === 'closed_silent' ? 'closed_silent' : 'resolved'
  const waiting = complaint.timeline.waitingSpans.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs)
  return waiting ? 'waiting' : 'open'
}

export function complaintRow(complaint: Complaint, supporters: number, nowMs: number): ComplaintRow {
  const { timeline } = complaint
  const resolution = timeline.closures.at(-1)?.event
  const outcome = resolution === undefined ? '' : text(resolution, 'outcome')
  const state = stateOf(complaint, outcome, nowMs)
  return {
    complaint_id: complaint.complaintId,
    channel: complaint.channel,
    kind: complaint.kind,
    category: complaint.category,
    sla_class: complaint.slaClass,
    received_at: isoOf(complaint.receivedMs),
    verified_at: maybeIso(complaint.verifiedMs),
    accountable_unit_id: timeline.custodies.at(-1)?.unitId ?? null,
    response_due_at: isoOf(complaint.responseDueMs),
    due_at: isoOf(complaint.dueMs),
    responded_at: maybeIso(complaint.respondedMs),
    resolved_at: maybeIso(resolution?.atMs),
    outcome,
    reopened_at: maybeIso(timeline.reopenings.at(-1)?.atMs),
    excluded_reason: timeline.exclusion?.reason ?? '',
    state,
    overdue: (state === 'open' || state === 'waiting') && complaint.dueMs < nowMs ? 1 : 0,
    merged_into: timeline.exclusion?.mergedInto ?? '',
    supporters,
  }
}

export function custodyRows(complaint: Complaint): ComplaintCustodyRow[] {
  const { timeline } = complaint
  const closedMs = timeline.exclusion?.fromMs ?? (isClosed(complaint) ? timeline.closedSpans.at(-1)?.fromMs : undefined)
  return complaint.custodies.map(({ custody, ...judged }) => ({
    complaint_id: complaint.complaintId,
    unit_id: custody.unitId,
    from_at: isoOf(custody.fromMs),
    to_at: maybeIso(custody.toMs ?? (closedMs === undefined ? null : Math.max(closedMs, custody.fromMs))),
    own_due_at: isoOf(judged.ownDueMs),
    working_minutes: Math.floor(judged.workedMs / minuteMs),
    budget_minutes: Math.floor(judged.budgetMs / minuteMs),
    failed: judged.failureReason === '' ? 0 : 1,
    failure_reason: judged.failureReason,
  }))
}
