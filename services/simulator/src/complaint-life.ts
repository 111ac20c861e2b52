import { dateIn } from '@bina/domain/zone'
import { cityProfile } from './city-plan.ts'
import { closeComplaint } from './complaint-closure.ts'
import { moveCustody } from './complaint-custody.ts'
import { drawFor, type Life, type SlaClass, traitsAt, workdayMinutes, workLater } from './life.ts'
import { chance, exponential, normal, pick, type Random, wholeBelow } from './random.ts'

const classDays: Readonly<Record<SlaClass, number>> = { light: 2, normative: 5, ordinary: 14, supervision: 60 }

/**
 * Everything after the receipt. What would happen after the simulated weeks is told too, and left out by who listens.
 */
export function tellComplaintLife(life: Life): void {
  const { tell, complaintId } = life
  const random = drawFor(life, 'intake')
  const subject = complaintId
  const verifiedMs = workLater(life, random, life.receivedMs, Math.min(1_300, exponential(random, 260)))
  // Some lie where nobody looks.
  if (chance(random, 0.012)) return
  // The first verification fixes the class, also where it differs from what the channel had guessed.
  const slaClass = chance(random, 0.05) ? pick(random, ['light', 'normative', 'ordinary'] as const) : life.slaClass
  const verified = chance(random, 0.97)
  if (verified) {
    const stated = slaClass !== life.slaClass || chance(random, 0.5)
    tell(`verified-${complaintId}`, verifiedMs, {
      type: 'bina.complaint.verified.v1',
      subject,
      data: { complaintId, ...(stated ? { slaClass } : {}) },
    })
  }
  const assignedMs = workLater(life, random, verifiedMs, 5 + exponential(random, 60))
  const excluded = chance(random, 0.06)
  if (excluded && chance(random, 0.7)) {
    tellExclusion(life, random, assignedMs)
    return
  }
  tell(`assigned-${complaintId}-1`, assignedMs, {
    type: 'bina.complaint.assigned.v1',
    subject,
    data: { complaintId, unitId: life.unit.unitId, ruledBy: 'coordinator' },
  })
  if (excluded)
    tellExclusion(life, random, workLater(life, random, assignedMs, exponential(random, 2 * workdayMinutes)))
  else tellWork({ ...life, slaClass: verified ? slaClass : life.slaClass }, assignedMs)
}

function tellExclusion(life: Life, random: Random, atMs: number): void {
  const { complaintId, earlierId } = life
  const duplicateOf = chance(random, 0.4) ? earlierId : undefined
  life.tell(`excluded-${complaintId}-1`, atMs, {
    type: 'bina.complaint.excluded.v1',
    subject: complaintId,
    data:
      duplicateOf === undefined
        ? { complaintId, reason: pick(random, ['invalid', 'not_ours', 'withdrawn'] as const), ruledBy: 'coordinator' }
        : { complaintId, reason: 'duplicate', mergedInto: duplicateOf, ruledBy: 'coordinator' },
  })
}

/** From the first assignment to the closure. */
function tellWork(life: Life, assignedMs: number): void {
  const { plan, tell, complaintId } = life
  const subject = complaintId
  const { holder, fromMs } = plan.withReassignments
    ? moveCustody(life, assignedMs)
    : { holder: life.unit, fromMs: assignedMs }
  const freeMs = plan.withWaiting ? tellWaiting(life, fromMs) : fromMs
  if (fromMs >= plan.dayBook.endMs) return

  const random = drawFor(life, 'work')
  const traits = traitsAt(life, holder, fromMs)
  const days = classDays[life.slaClass]
  const spread = () => Math.exp(normal(random, 0, 0.65))
  const responseMinutes = Math.min(5, days) * 0.38 * traits.pace * spread() * workdayMinutes
  const responseMs = workLater(life, random, fromMs, responseMinutes)
  const workedMs = workLater(life, random, freeMs, days * 0.44 * traits.pace * spread() * workdayMinutes)
  const resolvedMs = atTheDeadline(life, random, days, freeMs) ?? workedMs

  // "We have received your message" is no response; a citizen still waits.
  if (chance(random, 0.12)) {
    tell(`responded-${complaintId}-1`, workLater(life, random, fromMs, 1 + wholeBelow(random, 20)), {
      type: 'bina.resolution.responded.v1',
      subject,
      data: { complaintId, unitId: holder.unitId, substantive: false },
    })
  }
  const responds = responseMs < resolvedMs && chance(random, 0.94)
  if (responds) {
    tell(`responded-${complaintId}-2`, responseMs, {
      type: 'bina.resolution.responded.v1',
      subject,
      data: { complaintId, unitId: holder.unitId, substantive: true },
    })
  }
  // Some are never done with.
  if (chance(random, 0.05)) return
  // Ten working days in which the reporter says nothing close a complaint that was answered (PermenPANRB 62/2018).
  if (responds && chance(random, 0.12)) {
    const silentMs = workLater(life, random, Math.max(responseMs, freeMs), 10 * workdayMinutes)
    closeComplaint(life, holder, silentMs, 'closed_silent')
  } else {
    const fixed = life.kind === 'complaint' && chance(random, 0.65)
    closeComplaint(life, holder, resolvedMs, fixed ? 'fixed' : 'answered')
  }
}

/** A few are closed in the very second of the deadline, or one later: where on time ends. */
function atTheDeadline(life: Life, random: Random, days: number, fromMs: number): number | undefined {
  if (!chance(random, 0.03)) return undefined
  const dueMs = life.plan.calendar.closeOfWorkingDay(cityProfile, dateIn(life.plan.zone, life.receivedMs), days)
  const atMs = dueMs + wholeBelow(random, 2) * 1_000
  return atMs > fromMs ? atMs : undefined
}

/** Says when the unit can go on working. */
function tellWaiting(life: Life, fromMs: number): number {
  const random = drawFor(life, 'waiting')
  if (!chance(random, 0.1)) return fromMs
  const { tell, complaintId } = life
  const waitingMs = workLater(life, random, fromMs, 30 + wholeBelow(random, 2 * workdayMinutes))
  tell(`waiting-${complaintId}-1`, waitingMs, {
    type: 'bina.complaint.waiting.v1',
    subject: complaintId,
    data: { complaintId, contactLogged: chance(random, 0.8) },
  })
  const resumedMs = workLater(life, random, waitingMs, (1 + wholeBelow(random, 14)) * workdayMinutes)
  if (chance(random, 0.85)) {
    tell(`resumed-${complaintId}-1`, resumedMs, {
      type: 'bina.complaint.resumed.v1',
      subject: complaintId,
      data: { complaintId },
    })
  }
  return resumedMs
}
