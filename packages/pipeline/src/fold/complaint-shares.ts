import type { CitizenShare, UnitShare } from './complaint.ts'
import type { Audit, ComplaintHistory, HeldAct } from './complaint-history.ts'
import type { JudgedCustody } from './custody.ts'
import { noUnit } from './no-unit.ts'
import { serviceFactsOf } from './service-facts.ts'
import { courtesyOf, satisfactionOf } from './survey-answers.ts'

export interface SharesInput {
  readonly history: ComplaintHistory
  readonly custodies: readonly JudgedCustody[]
  /** In scope of S1 to S4 (reading 22). */
  readonly inScope: boolean
  /** To the inspectorate and out of S1 to S6. */
  readonly severe: boolean
  /** The category that holds; whether it was verified is told by the history. */
  readonly category: string
  readonly reopenWithinDays: number
  readonly dueMs: number
  readonly responseDueMs: number
  readonly nowMs: number
}

type Judged = Pick<UnitShare, 'responseDueMs' | 'responseOnTime' | 'resolutionDueMs' | 'resolutionSustained'>

interface Case {
  readonly dueMs: number
  readonly success: boolean
}

/** What each unit answers for, once per complaint, in the order of the units' ids. */
export function sharesOf(input: SharesInput): readonly UnitShare[] {
  const { history, custodies } = input
  const aboutUnit = history.received.data.unitId ?? noUnit
  const receiptUnit = custodies.find((custody) => custody.isLast)?.row.unitId ?? aboutUnit
  const unheld = unheldOf(input)
  const units = new Set<string>([
    ...custodies.map((custody) => custody.row.unitId),
    ...countedAudits(input).map(({ unitId }) => unitId),
    ...[...history.ratings, ...history.invitations].map(({ data }) => data.unitId),
    receiptUnit,
    ...(unheld.length > 0 ? [aboutUnit] : []),
  ])
  return [...units].sort().map((unitId) => {
    const share = {
      ...shareOf(unitId, input),
      receivedAtMs: unitId === receiptUnit ? history.received.occurredAtMs : undefined,
      unheld: unitId === aboutUnit ? unheld : [],
    }
    return { ...share, facts: serviceFactsOf(share, input) }
  })
}

/** The whole complaint by the citizen's clock, which compares instants and knows no custody (readings 6, 13). */
export function citizenShareOf(input: SharesInput): CitizenShare {
  const { history, dueMs, responseDueMs } = input
  const closedAtMs = isClosed(history) ? history.closings.at(-1)?.atMs : undefined
  return judged(
    input,
    { dueMs: responseDueMs, success: history.respondedAtMs !== undefined && history.respondedAtMs <= responseDueMs },
    {
      dueMs,
      success: closedAtMs !== undefined && closedAtMs <= dueMs && history.reopenings.length === 0,
    },
  )
}

function shareOf(unitId: string, input: SharesInput): Omit<UnitShare, 'receivedAtMs' | 'unheld' | 'facts'> {
  const { history, severe } = input
  const own = input.custodies.filter((custody) => custody.row.unitId === unitId)
  return {
    unitId,
    ...judged(input, responseCase(own, history), resolutionCase(own, history)),
    backlog: input.inScope ? backlogOf(own, history) : [],
    audits: countedAudits(input)
      .filter((audit) => audit.unitId === unitId)
      .map(({ closedAtMs, verified }) => ({ closedAtMs, verified })),
    ratings: history.ratings
      .filter((rating) => !severe && rating.data.unitId === unitId)
      .map(({ occurredAtMs, data }) => ({
        atMs: occurredAtMs,
        satisfaction: satisfactionOf(data.answers),
        courtesy: courtesyOf(data.answers),
      })),
    duration: durationOf(own, input),
    waiting: waitingOf(own, input),
    reopenedAtMs: actsOf(own, history.reopenings).map(({ atMs }) => atMs),
    firstResolution: firstResolutionOf(own, history),
    forwards: forwardsOf(own, history),
  }
}

/** A case counts once its due instant has come; a unit that a complaint asks nothing of has none. */
function judged({ inScope, nowMs }: SharesInput, response: Case | undefined, resolution: Case | undefined): Judged {
  const counts = (one: Case | undefined): one is Case => inScope && one !== undefined && one.dueMs <= nowMs
  return {
    responseDueMs: counts(response) ? response.dueMs : undefined,
    responseOnTime: counts(response) && response.success,
    resolutionDueMs: counts(resolution) ? resolution.dueMs : undefined,
    resolutionSustained: counts(resolution) && resolution.success,
  }
}

/**
 * S1: the last custody, and an earlier one that was still held at its own response due (reading 6). The complaint's
 * first response is the one that counts, whoever gave it; one from before a custody began is in time for it.
 */
function responseCase(own: readonly JudgedCustody[], history: ComplaintHistory): Case | undefined {
  const cases = own
    .filter(({ isLast, row }) => isLast || (row.toMs !== undefined && row.toMs > row.ownResponseDueMs))
    .map(({ row, isInTimeForResponse }) => ({
      dueMs: row.ownResponseDueMs,
      success: history.respondedAtMs !== undefined && isInTimeForResponse(history.respondedAtMs),
    }))
  return onceOf(cases)
}

/** S2: the last custody, a success when resolved and not failed, and every earlier one that failed (reading 6). */
function resolutionCase(own: readonly JudgedCustody[], history: ComplaintHistory): Case | undefined {
  const cases = own
    .filter(({ isLast, row }) => isLast || row.failed)
    .map(({ isLast, row }) => ({ dueMs: row.ownDueMs, success: isLast && isClosed(history) && !row.failed }))
  return onceOf(cases)
}

/** A unit that had the complaint in two custodies answers once: for the first that went wrong, else for the latest. */
function onceOf(cases: readonly Case[]): Case | undefined {
  return cases.find(({ success }) => !success) ?? cases.at(-1)
}

function isClosed({ closings, reopenings }: ComplaintHistory): boolean {
  return closings.length > reopenings.length
}

/**
 * The spans of really holding it, not those of a joined custody, so that at any instant one unit has it (reading 29).
 */
function backlogOf(own: readonly JudgedCustody[], history: ComplaintHistory): UnitShare['backlog'] {
  return own.flatMap(({ holdIndexes, row }) =>
    history.holds
      .filter((_, index) => holdIndexes.includes(index))
      .map(({ fromMs, toMs }) => ({ fromMs, toMs, ownDueMs: row.ownDueMs })),
  )
}

/** From the receipt to the first assignment, where that came after the due: before it no cut-off asks who has it. */
function unheldOf({ history, inScope, dueMs }: SharesInput): UnitShare['unheld'] {
  const toMs = history.holds[0]?.fromMs
  if (!inScope || (toMs !== undefined && toMs <= dueMs)) return []
  return [{ fromMs: history.received.occurredAtMs, toMs }]
}

/**
 * S7: the last custody alone, since one that was moved on never had a resolution to wait for. As in S2 a case counts
 * once its due has come, so that those quickly done are not looked at before the others.
 */
function durationOf(own: readonly JudgedCustody[], { history, inScope, nowMs }: SharesInput): UnitShare['duration'] {
  const last = own.find(({ isLast }) => isLast)
  if (!inScope || last === undefined || last.row.ownDueMs > nowMs) return undefined
  const { row, profile, running } = last
  const closed = isClosed(history)
  return {
    ownDueMs: row.ownDueMs,
    minutes: closed ? row.workingMinutes : undefined,
    profile,
    running: closed
      ? []
      : running.map(({ fromMs, toMs }) => ({ fromMs, toMs: Number.isFinite(toMs) ? toMs : undefined })),
  }
}

/**
 * B4: the last custody, and an earlier one that was still held at its undisturbed due; of two the one that waited. Counted by that due, and
 * not by the own one, which every further waiting puts off.
 */
function waitingOf(own: readonly JudgedCustody[], { inScope }: SharesInput): UnitShare['waiting'] {
  if (!inScope) return undefined
  const held = own.filter(
    ({ isLast, row, undisturbedDueMs }) => isLast || (row.toMs !== undefined && row.toMs > undisturbedDueMs),
  )
  const one = held.find(({ waited }) => waited) ?? held.at(-1)
  return one === undefined ? undefined : { dueMs: one.undisturbedDueMs, waited: one.waited }
}

interface CountedAudit {
  readonly unitId: string
  readonly closedAtMs: number
  readonly verified: boolean
}

/**
 * S3 asks about the unit that resolved, and neither takes that unit's own word nor a look that saw nothing (reading
 * 25).
 */
function countedAudits({ history, inScope }: SharesInput): readonly CountedAudit[] {
  return inScope ? history.audits.flatMap(countedAudit) : []
}

function countedAudit({ data, resolution }: Audit): readonly CountedAudit[] {
  if (resolution === undefined || data.result === 'unreachable') return []
  if (data.auditorUnitId === resolution.unitId || data.auditorUnitId === data.unitId) return []
  return [{ unitId: resolution.unitId, closedAtMs: resolution.atMs, verified: data.result === 'verified' }]
}

function actsOf(own: readonly JudgedCustody[], acts: readonly HeldAct[]): readonly HeldAct[] {
  return acts.filter((act) => custodyOf(own, act) !== undefined)
}

function custodyOf(own: readonly JudgedCustody[], act: HeldAct | undefined): JudgedCustody | undefined {
  const index = act?.holdIndex
  return index === undefined ? undefined : own.find(({ holdIndexes }) => holdIndexes.includes(index))
}

function firstResolutionOf(own: readonly JudgedCustody[], history: ComplaintHistory): UnitShare['firstResolution'] {
  const closing = history.closings[0]
  const custody = custodyOf(own, closing)
  if (closing === undefined || custody === undefined) return undefined
  return { ownDueMs: custody.row.ownDueMs, atMs: closing.atMs, reopenedAtMs: history.reopenings[0]?.atMs }
}

function forwardsOf(own: readonly JudgedCustody[], history: ComplaintHistory): UnitShare['forwards'] {
  const forwards = own.flatMap((custody) => {
    const last = history.holds[custody.holdIndexes.at(-1) ?? -1]
    const atMs = last?.endedBy === 'unit' ? last.toMs : undefined
    return atMs === undefined ? [] : [{ atMs, late: custody.isLateAt(atMs) }]
  })
  const refusals = actsOf(own, history.refusals).map((act) => ({
    atMs: act.atMs,
    late: custodyOf(own, act)?.isLateAt(act.atMs) ?? false,
  }))
  return [...forwards, ...refusals].sort((a, b) => a.atMs - b.atMs)
}
