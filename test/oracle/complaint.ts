import type { Calendar } from './calendar.ts'
import type { CityTime } from './city-time.ts'
import { type Custody, respondedMsOf, type Timeline, timelineOf } from './complaint-timeline.ts'
import { maybeText, type Standing, text } from './event.ts'

const classWorkingDays: Readonly<Record<string, number>> = { light: 2, normative: 5, ordinary: 14, supervision: 60 }

export interface JudgedCustody {
  readonly custody: Custody
  readonly ownDueMs: number
  /** The later of the complaint's due and the close of the third working day. */
  readonly plainDueMs: number
  readonly ownResponseDueMs: number
  readonly workedMs: number
  readonly budgetMs: number
  /** Working time from its start to the close of its third working day. */
  readonly threeDaysMs: number
  readonly failureReason: '' | 'late_forward' | 'overdue' | 'reopened'
}

export interface Complaint {
  readonly complaintId: string
  readonly channel: string
  readonly kind: string
  readonly category: string
  readonly slaClass: string
  /** The unit complained about. */
  readonly aboutUnitId: string | null
  readonly receivedMs: number
  readonly verifiedMs: number | null
  readonly responseDueMs: number
  readonly dueMs: number
  readonly respondedMs: number | null
  readonly timeline: Timeline
  /** The last one is the holder's. */
  readonly custodies: readonly JudgedCustody[]
  readonly events: readonly Standing[]
}

interface Clocks {
  readonly calendar: Calendar
  readonly city: CityTime
  readonly nowMs: number
}

/** Custody minutes: up to the moving on, the exclusion or now; waiting and closed times left out. */
export function custodyWorkedMs(custody: Custody, timeline: Timeline, calendar: Calendar, untilMs: number): number {
  const endMs = Math.min(custody.toMs ?? untilMs, timeline.exclusion?.fromMs ?? untilMs, untilMs)
  let worked = calendar.workedMs(custody.fromMs, endMs)
  for (const pause of [...timeline.waitingSpans, ...timeline.closedSpans]) {
    worked -= calendar.workedMs(Math.max(pause.fromMs, custody.fromMs), Math.min(pause.toMs ?? endMs, endMs))
  }
  return worked
}

/** The instant at which the budget is used up when only waiting under this custody stops the clock. */
function ownDueOf(custody: Custody, budgetMs: number, timeline: Timeline, calendar: Calendar): number {
  let fromMs = custody.fromMs
  let left = budgetMs
  for (const waiting of timeline.waitingSpans) {
    const stopMs = Math.max(waiting.fromMs, fromMs)
    const goMs = Math.min(waiting.toMs, custody.toMs ?? waiting.toMs)
    if (goMs <= stopMs) continue
    const before = calendar.workedMs(fromMs, stopMs)
    if (left <= before) break
    left -= before
    fromMs = goMs
  }
  return calendar.after(fromMs, left)
}

function judgeCustody(
  custody: Custody,
  timeline: Timeline,
  dueMs: number,
  responseDueMs: number,
  clocks: Clocks,
): JudgedCustody {
  const { calendar, city } = clocks
  const thirdCloseMs = calendar.closeAfter(city.dateOf(custody.fromMs), 3)
  const threeDaysMs = calendar.workedMs(custody.fromMs, thirdCloseMs)
  const budgetMs = Math.max(calendar.workedMs(custody.fromMs, dueMs), threeDaysMs)
  const workedMs = custodyWorkedMs(custody, timeline, calendar, clocks.nowMs)
  const late = custody.movedBy === 'unit' && workedMs > threeDaysMs
  return {
    custody,
    plainDueMs: Math.max(dueMs, thirdCloseMs),
    ownDueMs: ownDueOf(custody, budgetMs, timeline, calendar),
    ownResponseDueMs: Math.max(responseDueMs, thirdCloseMs),
    workedMs,
    budgetMs,
    threeDaysMs,
    failureReason: late ? 'late_forward' : workedMs > budgetMs ? 'overdue' : custody.reopened ? 'reopened' : '',
  }
}

/** Null as long as the complaint itself has not been received. `events` are all of the complaint's, in order. */
export function complaintOf(events: readonly Standing[], clocks: Clocks): Complaint | null {
  const received = events.find((event) => event.type === 'bina.complaint.received.v1')
  if (received === undefined) return null
  const verified = events.find((event) => event.type === 'bina.complaint.verified.v1')
  const slaClass = (verified && maybeText(verified, 'slaClass')) ?? text(received, 'slaClass')
  const workingDays = classWorkingDays[slaClass]
  if (workingDays === undefined) throw new Error(`unknown class ${slaClass}`)
  const receiptDate = clocks.city.dateOf(received.atMs)
  const dueMs = clocks.calendar.closeAfter(receiptDate, workingDays)
  const responseDueMs = clocks.calendar.closeAfter(receiptDate, Math.min(5, workingDays))
  const timeline = timelineOf(events, clocks.calendar, clocks.city)
  return {
    complaintId: text(received, 'complaintId'),
    channel: text(received, 'channel'),
    kind: text(received, 'kind'),
    category: (verified && maybeText(verified, 'category')) ?? text(received, 'category'),
    slaClass,
    aboutUnitId: maybeText(received, 'unitId'),
    receivedMs: received.atMs,
    verifiedMs: verified?.atMs ?? null,
    responseDueMs,
    dueMs,
    respondedMs: respondedMsOf(events),
    timeline,
    custodies: timeline.custodies.map((custody) => judgeCustody(custody, timeline, dueMs, responseDueMs, clocks)),
    events,
  }
}

export function isClosed(complaint: Complaint): boolean {
  const last = complaint.timeline.closedSpans.at(-1)
  return last !== undefined && last.toMs === null
}
