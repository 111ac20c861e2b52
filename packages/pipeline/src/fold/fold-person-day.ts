import type { Shift, WorkCalendar } from '@bina/domain/calendar'
import { FALLBACK_PROFILE } from '@bina/domain/calendar-policy'
import type { PlainDate } from '@bina/domain/plain-date'
import type { AttendanceRules } from '@bina/domain/rules'
import { instantOf } from '@bina/domain/zone'
import { checkWeightsOf } from './check-weight.ts'
import { type DayFacts, dayFactsOf } from './day-facts.ts'
import { dayFindingsOf } from './day-findings.ts'
import { classOf, dayMinutesOf } from './day-minutes.ts'
import { rosterOn, type StaffVersion } from './directory.ts'
import { inOrder } from './event-order.ts'
import type { KnownEvent } from './known-event.ts'
import type { DayStatus, PersonDay, PersonDayFold } from './person-day.ts'
import { unitsNamed } from './units-named.ts'

export interface PersonDayInput {
  readonly personKey: string
  readonly workDate: PlainDate
  /** The live events of the entity `day|<personKey>|<workDate>`, in any order. */
  readonly events: readonly KnownEvent[]
  /** The person's live roster, in any order. */
  readonly staff: readonly StaffVersion[]
  /** Every unit that any event of the entity ever named, dead ones included. */
  readonly everNamed: readonly string[]
  /** The unit's schedule profile on a date; undefined while the directory does not know the unit. */
  readonly unitProfileOn: (unitId: string, date: PlainDate) => string | undefined
  readonly calendar: WorkCalendar
  readonly attendanceRulesOn: (date: PlainDate) => AttendanceRules
  readonly zone: string
  readonly nowMs: number
}

/**
 * Folds one person's one date into its row (domain.md 5.1, readings 14 to 21). A function of the set of events: neither
 * their order nor repeats matter. Input that cannot be true is judged as it stands, and told of as a finding: see
 * `dayFindingsOf` for each kind and its treatment.
 */
export function foldPersonDay(input: PersonDayInput): PersonDayFold {
  const { workDate, calendar, zone, nowMs } = input
  const events = inOrder(input.events)
  const unitsEverNamed = unitsNamed([...input.everNamed, ...input.staff.map(({ unitId }) => unitId)], events)
  const dayEndsAtMs = instantOf(zone, workDate, MINUTES_OF_A_DAY)
  const none = { row: undefined, unitsEverNamed, findings: [], nextChangeAtMs: undefined }
  if (nowMs < dayEndsAtMs) return { ...none, nextChangeAtMs: dayEndsAtMs }

  const facts = dayFactsOf(events)
  const roster = rosterOn(input.staff, workDate)
  const unitId = roster?.unitId ?? facts.latestUnitId
  if (unitId === undefined) return none
  const unitProfile = input.unitProfileOn(unitId, workDate)
  const profile = roster?.scheduleProfile ?? unitProfile ?? FALLBACK_PROFILE
  const shift = calendar.shiftOn(profile, workDate)
  if (shift === undefined && facts.latestUnitId === undefined) return none
  // A shift over midnight is not over with its date: until then nobody is absent, nor without a clock-out.
  const countsFromMs = Math.max(dayEndsAtMs, shift?.endMs ?? dayEndsAtMs)
  if (nowMs < countsFromMs) return { ...none, nextChangeAtMs: countsFromMs }
  const row = judge(input, { facts, unitId, profile, shift })
  const findings = dayFindingsOf({
    facts,
    workDate,
    unitId,
    isScheduled: shift !== undefined,
    unitIsKnown: unitProfile !== undefined,
    profileIsKnown: calendar.knows(profile),
    dayStartsAtMs: instantOf(zone, workDate, 0),
    dayEndsAtMs: countsFromMs,
  })
  return { row, unitsEverNamed, findings, nextChangeAtMs: undefined }
}

interface DayPlace {
  readonly facts: DayFacts
  readonly unitId: string
  readonly profile: string
  readonly shift: Shift | undefined
}

const MINUTES_OF_A_DAY = 1440
const EXCUSES: readonly DayStatus[] = ['excused_leave', 'official_duty', 'flexible_work']
const CHECKED: readonly DayStatus[] = ['present', 'official_duty', 'flexible_work']

/** Domain.md 5.1: the first that applies. */
const PRECEDENCE: readonly DayStatus[] = [
  'not_scheduled',
  'outage',
  'excused_leave',
  'official_duty',
  'flexible_work',
  'present',
]

function judge(input: PersonDayInput, { facts, unitId, profile, shift }: DayPlace): PersonDay {
  const { personKey, workDate, calendar } = input
  const rules = input.attendanceRulesOn(workDate)
  const status = statusOf(facts, shift)
  const told = facts.status?.data.status === 'present' ? facts.status.data : undefined
  const present = status === 'present' && shift !== undefined
  const minutes = present ? dayMinutesOf(shift, facts.punches, told, rules) : NO_MINUTES
  const excuseToldAtMs = EXCUSES.includes(status) ? facts.status?.occurredAtMs : undefined
  const counted = CHECKED.includes(status) ? facts.checks : []
  const isOutage = status === 'outage'
  return {
    unitId,
    personKey,
    workDate,
    status,
    ...minutes,
    lateClass: classOf(minutes.lateMinutes, rules.lateClasses),
    earlyClass: classOf(minutes.earlyMinutes, rules.earlyClasses),
    retroactive:
      excuseToldAtMs !== undefined &&
      excuseToldAtMs > calendar.closeOfWorkingDay(profile, workDate, rules.retroactiveAfterWorkingDays),
    manualRecord: facts.manualRecords > 0,
    onTime: present && (minutes.lateMinutes <= rules.toleranceMinutes || minutes.madeUp || told?.lateExcused === true),
    fullDay: present && minutes.earlyMinutes === 0,
    // What a broken terminal made people write by hand says nothing of the unit (B3 leaves outage days out).
    clockRecords: isOutage ? 0 : facts.clockRecords,
    manualRecords: isOutage ? 0 : facts.manualRecords,
    lostMinutes: Math.min(rules.dayMinutes, minutes.lateMinutes + minutes.earlyMinutes),
    heard: shift !== undefined && (facts.clockRecords > 0 || facts.status !== undefined),
    checksConfirmed: counted.filter(({ outcome }) => outcome === 'confirmed').length,
    checksFailed: counted.filter(({ outcome }) => outcome === 'not_found' || outcome === 'unreachable').length,
    checkWeights: checkWeightsOf(counted),
  }
}

const NO_MINUTES = { lateMinutes: 0, earlyMinutes: 0, madeUp: false }

function statusOf({ status, punches }: DayFacts, shift: Shift | undefined): DayStatus {
  const applying: readonly (DayStatus | undefined)[] = [
    shift === undefined ? 'not_scheduled' : undefined,
    status?.data.status,
    punches.firstInMs === undefined ? undefined : 'present',
  ]
  return PRECEDENCE.find((candidate) => applying.includes(candidate)) ?? 'unexcused'
}
