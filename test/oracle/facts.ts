import type { Calendar } from './calendar.ts'
import type { CityTime } from './city-time.ts'
import { type Complaint, custodyWorkedMs, isClosed, type JudgedCustody } from './complaint.ts'
import { answersOf, maybeText, type Standing, text } from './event.ts'
import { lateClassOf, type PersonDay } from './person-day.ts'

/** Those with a prior; the scores are made of them. */
export type ScoredMeasure = 'A1' | 'A2' | 'A3' | 'C1' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6'

export const minuteClasses = ['TL1', 'TL2', 'TL3', 'TL4', 'PSW1', 'PSW2', 'PSW3', 'PSW4'] as const
type OfDays = 'A4' | `A5.${(typeof minuteClasses)[number]}` | 'B1' | 'B2' | 'B3' | 'B4'

export type Measure = ScoredMeasure | OfDays | 'S8' | 'S9' | 'S10' | 'S13' | 'S14' | 'S15' | 'K1' | 'K2' | 'K3'

/** What one person-day, check, complaint, audit or rating adds to a unit's counts on a date. */
export interface Fact {
  readonly unitId: string
  readonly date: string
  readonly measure: Measure
  readonly numerator: number
  readonly denominator: number
  /** Weeks whose cut-off is before this do not count it. */
  readonly ripeMs?: number
  /** Whose day it was, where days of one person are alike. */
  readonly personKey?: string
}

export function attendanceFacts(days: readonly PersonDay[]): Fact[] {
  const facts: Fact[] = []
  for (const day of days) {
    const { unitId, date, personKey } = day
    const add = (measure: Measure, numerator: number | boolean, denominator = 1) =>
      facts.push({ unitId, date, measure, numerator: Number(numerator), denominator, personKey })
    const present = day.status === 'present'
    if (present || day.status === 'unexcused') {
      add('A1', present)
      add('A2', present && day.onTime)
      add('A3', present && day.fullDay)
    }
    if (present) {
      add('A4', Math.min(day.lateMinutes + day.earlyMinutes, 450))
      const classes = [lateClassOf(day.lateMinutes, 'TL'), lateClassOf(day.earlyMinutes, 'PSW')]
      for (const code of minuteClasses) add(`A5.${code}`, classes.includes(code))
    }
    const excused = ['excused_leave', 'official_duty', 'flexible_work'].includes(day.status)
    if (day.status !== 'not_scheduled') add('B1', excused)
    if (excused) add('B2', day.retroactive)
    if (day.status !== 'outage' && day.records > 0) add('B3', day.manualRecords, day.records)
    for (const outcome of countedChecks(day)) {
      facts.push({ unitId, date, measure: 'C1', numerator: outcome === 'confirmed' ? 1 : 0, denominator: 1 })
    }
  }
  return facts
}

/** Checks of persons whose record says that they were at work. */
export function countedChecks(day: PersonDay): readonly string[] {
  const atWork = day.status === 'present' || day.status === 'official_duty' || day.status === 'flexible_work'
  return atWork ? day.checks.filter((outcome) => outcome !== 'invalid') : []
}

function isSevere(complaint: Complaint): boolean {
  return complaint.category === 'illegal_fee' || complaint.category === 'discrimination'
}

/** S1 to S4: not excluded by the coordinator, not a suggestion, not severe. */
export function inServiceScope(complaint: Complaint): boolean {
  return complaint.timeline.exclusion === null && complaint.kind !== 'suggestion' && !isSevere(complaint)
}

interface Charge {
  readonly custody: JudgedCustody
  readonly atMs: number
  readonly success: boolean
}

/** Each unit once: its first failure, else its latest charge. */
function oncePerUnit(charges: readonly Charge[]): Charge[] {
  const units = new Map<string, Charge>()
  for (const charge of charges) {
    const { unitId } = charge.custody.custody
    if (units.get(unitId)?.success !== false) units.set(unitId, charge)
  }
  return [...units.values()]
}

/** S1: the last custody, and every earlier one still held at its own response due. */
export function responseCharges(complaint: Complaint, calendar: Calendar): Charge[] {
  const { respondedMs } = complaint
  const last = complaint.custodies.at(-1)
  const counted = complaint.custodies.filter(
    (judged) => judged === last || (judged.custody.toMs ?? Number.POSITIVE_INFINITY) > judged.ownResponseDueMs,
  )
  return oncePerUnit(
    counted.map((custody) => ({
      custody,
      atMs: custody.ownResponseDueMs,
      // The unit's clock compares working minutes: after hours on the last day is still in time.
      success: respondedMs !== null && calendar.workedMs(custody.ownResponseDueMs, respondedMs) === 0,
    })),
  )
}

/** S2: the last custody, and every earlier one that failed. */
export function resolutionCharges(complaint: Complaint): Charge[] {
  const last = complaint.custodies.at(-1)
  const counted = complaint.custodies.filter((judged) => judged === last || judged.failureReason !== '')
  return oncePerUnit(
    counted.map((custody) => ({
      custody,
      atMs: custody.ownDueMs,
      success: custody.failureReason === '' && (custody !== last || isClosed(complaint)),
    })),
  )
}

function chargeFacts(charges: readonly Charge[], measure: Measure, city: CityTime, nowMs: number): Fact[] {
  return charges
    .filter((charge) => charge.atMs <= nowMs)
    .map((charge) => ({
      unitId: charge.custody.custody.unitId,
      date: city.dateOf(charge.atMs),
      measure,
      numerator: charge.success ? 1 : 0,
      denominator: 1,
    }))
}

/** S3: audits that found an answer, of the latest closure before, and not by the unit itself. */
function auditFacts(complaint: Complaint, city: CityTime): Fact[] {
  const facts: Fact[] = []
  let closure: Standing | null = null
  for (const event of complaint.events) {
    if (event.type === 'bina.resolution.resolved.v1') closure = event
    if (event.type !== 'bina.resolution.audited.v1' || closure === null) continue
    const unitId = text(closure, 'unitId')
    const result = text(event, 'result')
    if (result === 'unreachable' || maybeText(event, 'auditorUnitId') === unitId) continue
    const numerator = result === 'verified' ? 1 : 0
    facts.push({ unitId, date: city.dateOf(closure.atMs), measure: 'S3', numerator, denominator: 1 })
  }
  return facts
}

const courtesyAndClarity = ['conduct', 'procedure', 'requirements']

/** S5 and S6: per respondent the mean of (answer - 1) / 3 over the elements answered. */
function ratingFacts(complaint: Complaint, city: CityTime): Fact[] {
  const facts: Fact[] = []
  for (const event of complaint.events) {
    if (event.type !== 'bina.resolution.rated.v1') continue
    const answers = [...answersOf(event)]
    const some = answers.filter(([element]) => courtesyAndClarity.includes(element))
    for (const [measure, asked] of [['S5', answers] as const, ['S6', some] as const]) {
      if (asked.length === 0) continue
      const numerator = asked.reduce((sum, [, answer]) => sum + (answer - 1) / 3, 0) / asked.length
      facts.push({ unitId: text(event, 'unitId'), date: city.dateOf(event.atMs), measure, numerator, denominator: 1 })
    }
  }
  return facts
}

/** S8: the first resolution of a complaint, in the week of the own due of whoever held it; ripe after thirty days. */
function reopenFacts({ timeline, custodies }: Complaint, city: CityTime): Fact[] {
  const [first] = timeline.closures
  const judged = custodies.find(({ custody }) => custody === first?.custody)
  if (first === undefined || judged === undefined) return []
  return [
    {
      unitId: judged.custody.unitId,
      date: city.dateOf(judged.ownDueMs),
      measure: 'S8',
      numerator: timeline.closedSpans[0]?.toMs == null ? 0 : 1,
      denominator: 1,
      ripeMs: first.event.atMs + 30 * 86_400_000,
    },
  ]
}

/** S9: what units passed on or refused themselves, and how much of it later than their third working day. */
function forwardFacts({ timeline, custodies }: Complaint, calendar: Calendar, city: CityTime): Fact[] {
  const acts = [
    ...custodies.flatMap(({ custody }) =>
      custody.movedBy === 'unit' && custody.toMs !== null ? [{ atMs: custody.toMs, custody }] : [],
    ),
    ...timeline.refusals,
  ]
  return acts.flatMap(({ atMs, custody }) => {
    const judged = custodies.find((one) => one.custody === custody)
    if (judged === undefined) return []
    const late = custodyWorkedMs(judged.custody, timeline, calendar, atMs) > judged.threeDaysMs
    const { unitId } = judged.custody
    return [{ unitId, date: city.dateOf(atMs), measure: 'S9' as const, numerator: late ? 1 : 0, denominator: 1 }]
  })
}

/**
 * B4: what a unit still had, or had last, when its due came as it stood before any waiting; and whether waiting had taken working time off
 * its clock by then. One custody a unit: one that waited, else the latest.
 */
function waitingFacts({ timeline, custodies }: Complaint, calendar: Calendar, city: CityTime, nowMs: number): Fact[] {
  const units = new Map<string, { dueMs: number; waited: boolean }>()
  for (const judged of custodies) {
    const { custody, plainDueMs: dueMs } = judged
    if (judged !== custodies.at(-1) && (custody.toMs ?? 0) <= dueMs) continue
    const endMs = Math.min(custody.toMs ?? dueMs, dueMs)
    const stops = timeline.waitingSpans.map(
      (span) => [Math.max(span.fromMs, custody.fromMs), Math.min(span.toMs, endMs)] as const,
    )
    const waited = stops.some(([fromMs, toMs]) => toMs > fromMs && calendar.workedMs(fromMs, toMs) > 0)
    if (units.get(custody.unitId)?.waited !== true) units.set(custody.unitId, { dueMs, waited })
  }
  const come = [...units].filter(([, { dueMs }]) => dueMs <= nowMs)
  return come.map(([unitId, { dueMs, waited }]) => {
    const numerator = waited ? 1 : 0
    return { unitId, date: city.dateOf(dueMs), measure: 'B4', numerator, denominator: 1 }
  })
}

/** S10: every complaint on the day of its receipt. */
function exclusionFacts({ timeline, aboutUnitId, receivedMs }: Complaint, city: CityTime): Fact[] {
  const unitId = timeline.custodies.at(-1)?.unitId ?? aboutUnitId
  if (unitId === null) return []
  const numerator = timeline.exclusion === null ? 0 : 1
  return [{ unitId, date: city.dateOf(receivedMs), measure: 'S10', numerator, denominator: 1 }]
}

/** S15: answers and invitations, each on its own day. */
function surveyFacts({ events }: Complaint, city: CityTime): Fact[] {
  return events.flatMap((event): Fact[] => {
    const answered = event.type === 'bina.resolution.rated.v1'
    if (!answered && event.type !== 'bina.resolution.rating-invited.v1') return []
    const [numerator, denominator] = answered ? [1, 0] : [0, 1]
    return [{ unitId: text(event, 'unitId'), date: city.dateOf(event.atMs), measure: 'S15', numerator, denominator }]
  })
}

export function complaintFacts(complaint: Complaint, calendar: Calendar, city: CityTime, nowMs: number): Fact[] {
  const facts = [
    ...(isSevere(complaint) ? [] : ratingFacts(complaint, city)),
    ...reopenFacts(complaint, city),
    ...forwardFacts(complaint, calendar, city),
    ...exclusionFacts(complaint, city),
    ...surveyFacts(complaint, city),
  ]
  if (!inServiceScope(complaint)) return facts
  return [
    ...facts,
    ...chargeFacts(responseCharges(complaint, calendar), 'S1', city, nowMs),
    ...chargeFacts(resolutionCharges(complaint), 'S2', city, nowMs),
    ...auditFacts(complaint, city),
    ...waitingFacts(complaint, calendar, city, nowMs),
  ]
}
