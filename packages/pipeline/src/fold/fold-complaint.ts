import type { WorkCalendar } from '@bina/domain/calendar'
import type { PlainDate } from '@bina/domain/plain-date'
import type { DeadlineRules } from '@bina/domain/rules'
import { dateIn } from '@bina/domain/zone'
import type { Complaint, ComplaintFold, ComplaintState } from './complaint.ts'
import { complaintFindingsOf } from './complaint-findings.ts'
import { type ComplaintHistory, type Hold, historyOf, receiptOf } from './complaint-history.ts'
import { citizenShareOf, type SharesInput, sharesOf } from './complaint-shares.ts'
import { type JudgedCustody, judgeCustodies } from './custody.ts'
import { inOrder } from './event-order.ts'
import type { KnownEvent } from './known-event.ts'
import { createUnitClock, type UnitClock } from './unit-clock.ts'
import { unitsNamed } from './units-named.ts'

export interface ComplaintInput {
  readonly complaintId: string
  /** The live events of the entity `complaint|<complaintId>`, in any order. */
  readonly events: readonly KnownEvent[]
  /** Every unit that any event of the entity ever named, dead ones included. */
  readonly everNamed: readonly string[]
  /** The unit's schedule profile on a date; undefined while the directory does not know the unit. */
  readonly profileOf: (unitId: string, date: PlainDate) => string | undefined
  /** The profile of the citizen's clock. */
  readonly cityProfile: string
  readonly calendar: WorkCalendar
  readonly deadlinesOn: (date: PlainDate) => DeadlineRules
  readonly zone: string
  readonly nowMs: number
}

/**
 * Folds one complaint's events into its row (domain.md 5.3 and 5.4, readings 2 to 13 and 22 to 25). A function of the
 * set of events: neither their order nor repeats matter, and no order of happening makes it throw; what cannot be right
 * is a finding. A merge or any other exclusion is undone by withdrawing or superseding its event: the complaint is then
 * as if it had never been excluded. It hangs on its own events alone, whatever becomes of the one it was merged into.
 * Before `nextChangeAtMs` only the minutes of a custody that runs on would come out differently.
 */
export function foldComplaint(input: ComplaintInput): ComplaintFold {
  const { calendar, zone, cityProfile, nowMs } = input
  const unitsEverNamed = unitsNamed(input.everNamed, input.events)
  const ordered = inOrder(input.events)
  const received = receiptOf(ordered)
  const findings = complaintFindingsOf({
    ordered,
    received,
    dateOf: (atMs) => dateIn(zone, atMs),
    isKnown: (unitId, on) => input.profileOf(unitId, on) !== undefined,
    hasKnownProfile: (unitId, on) => calendar.knows(input.profileOf(unitId, on) ?? cityProfile),
  })
  if (received === undefined) return { row: undefined, unitsEverNamed, findings, nextChangeAtMs: undefined }

  const receiptDate = dateIn(zone, received.occurredAtMs)
  const deadlines = input.deadlinesOn(receiptDate)
  const cityClock = createUnitClock({ calendar, zone }, cityProfile)
  const history = historyOf(ordered, received, {
    reopenWithinDays: deadlines.reopenWithinDays,
    waitingEndMs: (fromMs) => cityClock.closeOfWorkingDay(fromMs, deadlines.waitingWorkingDays),
  })

  const slaClass = history.verified?.data.slaClass ?? received.data.slaClass
  const category = history.verified?.data.category ?? received.data.category
  const workingDays = deadlines.classWorkingDays[slaClass]
  const dueMs = cityClock.closeOfWorkingDay(received.occurredAtMs, workingDays)
  const responseDueMs = cityClock.closeOfWorkingDay(
    received.occurredAtMs,
    Math.min(deadlines.responseWorkingDays, workingDays),
  )
  const clockOf = ({ unitId, fromMs }: Hold): UnitClock =>
    createUnitClock({ calendar, zone }, input.profileOf(unitId, dateIn(zone, fromMs)) ?? cityProfile)
  const custodies = judgeCustodies({ history, dueMs, responseDueMs, deadlines, clockOf, nowMs })

  const severe = deadlines.severeCategories.includes(category)
  const inScope = history.excluded === undefined && received.data.kind !== 'suggestion' && !severe
  const { reopenWithinDays } = deadlines
  const facts = { inScope, severe, category, reopenWithinDays, dueMs, responseDueMs, nowMs }
  const sharesInput: SharesInput = { history, custodies, ...facts }
  const state = stateOf(history, nowMs)
  const isOpen = state === 'open' || state === 'waiting'
  const resolution = history.resolutions.at(-1)

  const row: Complaint = {
    complaintId: input.complaintId,
    channel: received.data.channel,
    kind: received.data.kind,
    category,
    slaClass,
    receivedAtMs: received.occurredAtMs,
    verifiedAtMs: history.verified?.occurredAtMs,
    accountableUnitId: history.holds.at(-1)?.unitId,
    responseDueMs,
    dueMs,
    respondedAtMs: history.respondedAtMs,
    resolvedAtMs: resolution?.atMs,
    outcome: resolution?.outcome ?? '',
    reopenedAtMs: history.reopenings.at(-1)?.atMs,
    excludedReason: history.excluded?.reason ?? '',
    mergedInto: history.excluded?.mergedInto,
    severe,
    unitIds: [...new Set([received.data.unitId ?? [], ...history.holds.map(({ unitId }) => unitId)].flat())].sort(),
    aboutUnitId: received.data.unitId ?? history.holds[0]?.unitId,
    reporterKey: received.data.reporterKey,
    state,
    overdue: isOpen && dueMs < nowMs,
    custodies: custodies.map((custody) => custody.row),
    closedSpans: history.closedSpans,
    shares: sharesOf(sharesInput),
    citizen: citizenShareOf(sharesInput),
  }
  return { row, unitsEverNamed, findings, nextChangeAtMs: nextChangeOf(row, history, custodies, nowMs) }
}

function stateOf(history: ComplaintHistory, nowMs: number): ComplaintState {
  if (history.excluded !== undefined) return 'excluded'
  if (history.closings.length > history.reopenings.length) {
    return history.resolutions.at(-1)?.outcome === 'closed_silent' ? 'closed_silent' : 'resolved'
  }
  return history.waitingUntilMs !== undefined && nowMs < history.waitingUntilMs ? 'waiting' : 'open'
}

/**
 * The dues, the end of a waiting, a resolution that is still to come, the first minute over a budget, and the instant from which a fact counts; of an
 * excluded complaint no due is awaited any more.
 */
function nextChangeOf(
  row: Complaint,
  history: ComplaintHistory,
  custodies: readonly JudgedCustody[],
  nowMs: number,
): number | undefined {
  const dues = [
    row.responseDueMs,
    row.dueMs,
    // `overdue` asks for a due before now, so it turns a moment after.
    row.dueMs + 1,
    history.waitingUntilMs,
    ...custodies.flatMap(({ row: custody }) => [custody.ownResponseDueMs, custody.ownDueMs]),
  ]
  const instants = [
    ...(row.state === 'excluded' ? [] : dues),
    ...custodies.map(({ overdueAtMs }) => overdueAtMs),
    // Told by a clock that is fast: until then the minutes of its custody run on.
    ...history.closings.map(({ atMs }) => atMs),
    ...row.shares.flatMap(({ facts }) => facts.map(({ countsFromMs }) => countsFromMs)),
  ]
  const coming = instants.filter((instantMs) => instantMs !== undefined).filter((instantMs) => instantMs > nowMs)
  return coming.length === 0 ? undefined : Math.min(...coming)
}
