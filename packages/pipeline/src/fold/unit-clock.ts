import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays } from '@bina/domain/plain-date'
import { dateIn, instantOf } from '@bina/domain/zone'

/** A stretch of time [fromMs, toMs); without an end, `toMs` is infinite. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The working time of one schedule profile, to the millisecond, so that minutes are rounded once and not in every part
 * of a sum.
 */
export interface UnitClock {
  readonly profile: string
  /** Milliseconds at work in [fromMs, toMs); 0 when `toMs` is not after `fromMs`. */
  workedMs(fromMs: number, toMs: number): number
  /** The smallest instant at which `workMs` have been worked since `fromMs`; `fromMs` itself for none. */
  afterWork(fromMs: number, workMs: number): number
  /** Close of business of the n-th working day after the instant's date (reading 4). */
  closeOfWorkingDay(fromMs: number, n: number): number
}

const MINUTE_MS = 60_000

export function createUnitClock(
  { calendar, zone }: { readonly calendar: WorkCalendar; readonly zone: string },
  profile: string,
): UnitClock {
  const midnightOf = (instantMs: number): number => instantOf(zone, dateIn(zone, instantMs), 0)

  /** Shifts begin and end on whole minutes, so only that of the instant's day, and yesterday's over midnight, can hold a part of one. */
  const workedSinceMidnightMs = (instantMs: number): number => {
    const today = dateIn(zone, instantMs)
    const shift = calendar.shiftOn(profile, today)
    const yesterday = calendar.shiftOn(profile, addDays(today, -1))
    const midnightMs = instantOf(zone, today, 0)
    const overMidnightMs = yesterday === undefined ? 0 : Math.max(0, Math.min(instantMs, yesterday.endMs) - midnightMs)
    if (shift === undefined) return overMidnightMs
    const beforeBreakMs = Math.min(instantMs, shift.breakStartMs) - shift.startMs
    const afterBreakMs = Math.min(instantMs, shift.endMs) - shift.breakEndMs
    return overMidnightMs + Math.max(0, beforeBreakMs) + Math.max(0, afterBreakMs)
  }

  return {
    profile,

    workedMs(fromMs, toMs) {
      if (toMs <= fromMs) return 0
      const daysMs = calendar.workingMinutes(profile, midnightOf(fromMs), midnightOf(toMs)) * MINUTE_MS
      return daysMs + workedSinceMidnightMs(toMs) - workedSinceMidnightMs(fromMs)
    },

    afterWork(fromMs, workMs) {
      if (workMs <= 0) return fromMs
      const wantedMs = workedSinceMidnightMs(fromMs) + workMs
      const minutes = Math.ceil(wantedMs / MINUTE_MS)
      // The last of these minutes is worked in one piece, so what is too much of it can be taken off as it stands.
      const reachedMs = calendar.instantAfterWorkingMinutes(profile, midnightOf(fromMs), minutes)
      return reachedMs - (minutes * MINUTE_MS - wantedMs)
    },

    closeOfWorkingDay: (fromMs, n) => calendar.closeOfWorkingDay(profile, dateIn(zone, fromMs), n),
  }
}

/** A span with all the stops taken out of it; stops may overlap and come in any order. */
export function withoutStops(span: Span, stops: readonly Span[]): readonly Span[] {
  const running: Span[] = []
  let fromMs = span.fromMs
  for (const stop of stops.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (stop.fromMs > fromMs) running.push({ fromMs, toMs: Math.min(stop.fromMs, span.toMs) })
    fromMs = Math.max(fromMs, stop.toMs)
    if (fromMs >= span.toMs) return running.filter(isLasting)
  }
  running.push({ fromMs, toMs: span.toMs })
  return running.filter(isLasting)
}

/** Milliseconds at work in all the spans, up to an instant. */
export function workedMsIn(clock: UnitClock, spans: readonly Span[], untilMs: number): number {
  return spans.reduce((sum, { fromMs, toMs }) => sum + clock.workedMs(fromMs, Math.min(toMs, untilMs)), 0)
}

/** The smallest instant at which `workMs` have been worked in the spans; undefined when they never will be. */
export function instantWorked(clock: UnitClock, spans: readonly Span[], workMs: number): number | undefined {
  let leftMs = workMs
  for (const { fromMs, toMs } of spans) {
    const reachedMs = clock.afterWork(fromMs, leftMs)
    if (reachedMs <= toMs) return reachedMs
    leftMs -= clock.workedMs(fromMs, toMs)
  }
  return undefined
}

export function wholeMinutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS)
}

function isLasting({ fromMs, toMs }: Span): boolean {
  return toMs > fromMs
}
