import type { Calendar, Shift } from './calendar.ts'
import { isTrue, maybeNumber, maybeText, type Standing, text } from './event.ts'

const minuteMs = 60_000

export type DayStatus =
  | 'not_scheduled'
  | 'outage'
  | 'excused_leave'
  | 'official_duty'
  | 'flexible_work'
  | 'present'
  | 'unexcused'

/** The order in which the first that applies wins. */
const precedence: readonly DayStatus[] = [
  'not_scheduled',
  'outage',
  'excused_leave',
  'official_duty',
  'flexible_work',
  'present',
  'unexcused',
]

export interface PersonDay {
  readonly unitId: string
  readonly personKey: string
  readonly date: string
  readonly dayOff: boolean
  /** A clock record or a status that counts. */
  readonly hasRecord: boolean
  readonly status: DayStatus
  readonly lateMinutes: number
  readonly earlyMinutes: number
  readonly madeUp: boolean
  readonly onTime: boolean
  readonly fullDay: boolean
  readonly retroactive: boolean
  readonly manual: boolean
  /** Single clock records, and those of them made by hand. */
  readonly records: number
  readonly manualRecords: number
  /** Outcomes of the spot checks of that person and date. */
  readonly checks: readonly string[]
  /** One over the chance with which each was drawn; 1 where nobody says, and at most 1000. */
  readonly checkWeights: readonly number[]
  readonly erased: boolean
}

export interface PersonDayInput {
  readonly unitId: string
  readonly personKey: string
  readonly date: string
  /** Clock records, statuses and spot checks of that person and date, in order. */
  readonly events: readonly Standing[]
}

interface Minutes {
  readonly lateMinutes: number
  readonly earlyMinutes: number
  readonly madeUp: boolean
  readonly onTime: boolean
  readonly fullDay: boolean
}

const noMinutes: Minutes = { lateMinutes: 0, earlyMinutes: 0, madeUp: false, onTime: false, fullDay: false }

function wholeMinutes(ms: number): number {
  return Math.max(0, Math.floor(ms / minuteMs))
}

function minutesOf(
  shift: Shift,
  firstIn: number | undefined,
  lastOut: number | undefined,
  presence: Standing | null,
): Minutes {
  const punched = firstIn !== undefined || lastOut !== undefined
  const fromIn = firstIn === undefined ? 0 : wholeMinutes(firstIn - shift.startMs)
  const fromOut = lastOut !== undefined ? wholeMinutes(shift.endMs - lastOut) : punched ? 91 : 0
  const givenEarly = presence && maybeNumber(presence, 'earlyMinutes')
  const lateMinutes = (presence && maybeNumber(presence, 'lateMinutes')) ?? fromIn
  const earlyMinutes = givenEarly ?? fromOut
  const madeUp =
    lateMinutes >= 1 && lateMinutes <= 30 && lastOut !== undefined && lastOut >= shift.endMs + lateMinutes * minuteMs
  const lateExcused = presence !== null && isTrue(presence, 'lateExcused')
  const ended = lastOut !== undefined || !punched || givenEarly !== null
  return {
    lateMinutes,
    earlyMinutes,
    madeUp,
    onTime: lateMinutes === 0 || madeUp || lateExcused,
    fullDay: earlyMinutes === 0 && ended,
  }
}

function statusOf(event: Standing): DayStatus {
  const status = precedence.find((known) => known === text(event, 'status'))
  if (status === undefined) throw new Error(`unknown status in ${event.id}`)
  return status
}

export function judgePersonDay(input: PersonDayInput, calendar: Calendar): PersonDay {
  const punches = input.events.filter((event) => event.type === 'bina.attendance.recorded.v1')
  const deciding = input.events
    .filter((event) => event.type === 'bina.attendance.status-set.v1')
    .filter((event) => !(text(event, 'status') === 'outage' && text(event, 'setBy') === 'unit'))
    .at(-1)
  const firstIn = punches.find((event) => text(event, 'kind') === 'in')?.atMs
  const lastOut = punches.findLast((event) => text(event, 'kind') === 'out')?.atMs

  const shift = calendar.shiftOn(input.date)
  const applying = new Set<DayStatus>(['unexcused'])
  if (shift === null) applying.add('not_scheduled')
  if (deciding !== undefined) applying.add(statusOf(deciding))
  if (firstIn !== undefined) applying.add('present')
  const status = precedence.find((candidate) => applying.has(candidate)) ?? 'unexcused'

  const manualRecords = punches.filter((event) => maybeText(event, 'method') === 'manual').length
  const presence = deciding !== undefined && statusOf(deciding) === 'present' ? deciding : null
  const excusing = status === 'excused_leave' || status === 'official_duty' || status === 'flexible_work'
  return {
    unitId: input.unitId,
    personKey: input.personKey,
    date: input.date,
    dayOff: shift === null,
    hasRecord: punches.length > 0 || deciding !== undefined,
    status,
    ...(status === 'present' && shift !== null ? minutesOf(shift, firstIn, lastOut, presence) : noMinutes),
    retroactive: excusing && deciding !== undefined && deciding.atMs > calendar.closeAfter(input.date, 3),
    manual: manualRecords > 0,
    records: punches.length,
    manualRecords,
    checks: input.events
      .filter((event) => event.type === 'bina.attendance.spot-checked.v1')
      .map((event) => text(event, 'outcome')),
    checkWeights: input.events
      .filter((event) => event.type === 'bina.attendance.spot-checked.v1')
      .map((event) => Math.min(1000, 1 / (maybeNumber(event, 'inclusionProbability') ?? 1))),
    erased: input.events.some((event) => event.erased),
  }
}

export function lateClassOf(minutes: number, prefix: 'TL' | 'PSW'): string {
  if (minutes <= 0) return ''
  return `${prefix}${minutes <= 30 ? 1 : minutes <= 60 ? 2 : minutes <= 90 ? 3 : 4}`
}
