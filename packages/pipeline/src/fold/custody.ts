import type { DeadlineRules } from '@bina/domain/rules'
import type { Custody, FailureReason } from './complaint.ts'
import type { ComplaintHistory, HeldAct, Hold } from './complaint-history.ts'
import { instantWorked, type Span, type UnitClock, wholeMinutes, withoutStops, workedMsIn } from './unit-clock.ts'

/** A custody's row and what else its shares are worked out from. */
export interface JudgedCustody {
  readonly row: Custody
  /** Which of the history's holds it is made of. */
  readonly holdIndexes: readonly number[]
  /** The one that answers for the complaint now, or did last. */
  readonly isLast: boolean
  /** A forward or refusal by the unit at this instant comes after more than the working days it may sit. */
  readonly isLateAt: (instantMs: number) => boolean
  /** No working time lies from the own response due to this instant: an evening's answer is in time (reading 13). */
  readonly isInTimeForResponse: (instantMs: number) => boolean
  readonly profile: string
  /** The due as it would stand had nobody been waited for: no waiting moves it. */
  readonly undisturbedDueMs: number
  /** Waiting for the reporter has stopped its minutes before that due (B4). */
  readonly waited: boolean
  /** The stretches in which its minutes run; the last has no end while nothing stops it. */
  readonly running: readonly Span[]
  /** When time alone makes it overdue; undefined when that cannot happen any more. */
  readonly overdueAtMs: number | undefined
}

export interface CustodyInput {
  readonly history: ComplaintHistory
  readonly dueMs: number
  readonly responseDueMs: number
  readonly deadlines: DeadlineRules
  readonly clockOf: (hold: Hold) => UnitClock
  readonly nowMs: number
}

/**
 * The custodies of a complaint in the order in which they began, each judged by its unit's own clock (readings 4, 6 to
 * 9, 11, 12).
 */
export function judgeCustodies(input: CustodyInput): readonly JudgedCustody[] {
  return joinHolds(input).map((joined) => judge(joined, input))
}

interface JoinedHolds {
  readonly unitId: string
  readonly clock: UnitClock
  readonly holdIndexes: number[]
  readonly first: Hold
  last: Hold
}

/**
 * Lost and regained within ten working days of the unit's own calendar is one custody, whoever held it in between
 * (reading 8).
 */
function joinHolds({ history, deadlines, clockOf }: CustodyInput): readonly JoinedHolds[] {
  const joined: JoinedHolds[] = []
  const latestOfUnit = new Map<string, JoinedHolds>()
  for (const [index, hold] of history.holds.entries()) {
    const earlier = latestOfUnit.get(hold.unitId)
    if (earlier !== undefined && isRegained(earlier, hold, deadlines.regainWithinWorkingDays)) {
      earlier.holdIndexes.push(index)
      earlier.last = hold
      continue
    }
    const custody = { unitId: hold.unitId, clock: clockOf(hold), holdIndexes: [index], first: hold, last: hold }
    joined.push(custody)
    latestOfUnit.set(hold.unitId, custody)
  }
  return joined
}

function isRegained({ clock, last }: JoinedHolds, hold: Hold, workingDays: number): boolean {
  const lostMs = last.toMs
  if (lostMs === undefined) return false
  const allowedMs = clock.workedMs(lostMs, clock.closeOfWorkingDay(lostMs, workingDays))
  return clock.workedMs(lostMs, hold.fromMs) <= allowedMs
}

function judge(joined: JoinedHolds, input: CustodyInput): JudgedCustody {
  const { history, deadlines, nowMs } = input
  const { unitId, clock, first, last, holdIndexes } = joined
  const fromMs = first.fromMs
  const toMs = last.toMs
  const whole: Span = { fromMs, toMs: toMs ?? Number.POSITIVE_INFINITY }
  const floorEndMs = clock.closeOfWorkingDay(fromMs, deadlines.custodyFloorWorkingDays)
  const floorMinutes = wholeMinutes(clock.workedMs(fromMs, floorEndMs))
  const undisturbedDueMs = Math.max(input.dueMs, floorEndMs)
  const budgetMinutes = wholeMinutes(clock.workedMs(fromMs, undisturbedDueMs))

  const running = withoutStops(whole, stopsOf(history))
  const minutesAt = (instantMs: number): number => wholeMinutes(workedMsIn(clock, running, instantMs))
  const workingMinutes = minutesAt(toMs ?? nowMs)
  const isLateAt = (instantMs: number): boolean => minutesAt(instantMs) > floorMinutes

  const isOurs = (act: HeldAct): boolean => act.holdIndex !== undefined && holdIndexes.includes(act.holdIndex)
  const failureReason: FailureReason =
    last.endedBy === 'unit' && isLateAt(toMs ?? nowMs)
      ? 'late_forward'
      : workingMinutes > budgetMinutes
        ? 'overdue'
        : history.reopenings.some(isOurs)
          ? 'reopened'
          : ''

  const ownResponseDueMs = Math.max(input.responseDueMs, floorEndMs)

  return {
    row: {
      unitId,
      fromMs,
      toMs,
      ownResponseDueMs,
      ownDueMs: dueMovedByWaiting(clock, whole, undisturbedDueMs, history.waits),
      workingMinutes,
      budgetMinutes,
      failed: failureReason !== '',
      failureReason,
    },
    holdIndexes,
    isLast: holdIndexes.includes(history.holds.length - 1),
    isLateAt,
    isInTimeForResponse: (instantMs) => clock.workedMs(ownResponseDueMs, instantMs) === 0,
    profile: clock.profile,
    undisturbedDueMs,
    waited: history.waits.some(
      (wait) => clock.workedMs(Math.max(wait.fromMs, fromMs), Math.min(wait.toMs, whole.toMs, undisturbedDueMs)) > 0,
    ),
    running,
    overdueAtMs: toMs === undefined ? instantWorked(clock, running, (budgetMinutes + 1) * 60_000) : undefined,
  }
}

/**
 * Neither waiting for the citizen, nor the time from a closing to its reopening, nor anything after the coordinator's
 * exclusion is in a unit's minutes.
 */
function stopsOf({ waits, closedSpans, excluded }: ComplaintHistory): readonly Span[] {
  const forEver = Number.POSITIVE_INFINITY
  return [
    ...waits,
    ...closedSpans.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? forEver })),
    ...(excluded === undefined ? [] : [{ fromMs: excluded.atMs, toMs: forEver }]),
  ]
}

/**
 * The instant at which a custody's minutes reach its budget when waiting alone stops them. While the citizen is still
 * waited for it is the instant that holds if the waiting lasts as long as it may.
 */
function dueMovedByWaiting(clock: UnitClock, custody: Span, undisturbedMs: number, waits: readonly Span[]): number {
  let dueMs = undisturbedMs
  for (const wait of waits) {
    const fromMs = Math.max(wait.fromMs, custody.fromMs)
    const toMs = Math.min(wait.toMs, custody.toMs)
    if (fromMs < dueMs) dueMs = clock.afterWork(dueMs, clock.workedMs(fromMs, toMs))
  }
  return dueMs
}
