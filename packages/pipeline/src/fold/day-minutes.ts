import type { Shift } from '@bina/domain/calendar'
import type { AttendanceRules } from '@bina/domain/rules'
import type { EventData } from '@bina/events/service-event'

/** What a day of presence comes to: minutes missed at both ends, and whether staying on made up for the first. */
export interface DayMinutes {
  readonly lateMinutes: number
  readonly earlyMinutes: number
  readonly madeUp: boolean
}

export interface Punches {
  readonly firstInMs: number | undefined
  readonly lastOutMs: number | undefined
}

const MINUTE_MS = 60_000

/** The contract's own bound for told minutes; a punch told for the wrong date comes to no more. */
const MINUTES_OF_A_DAY = 1440

/**
 * The minutes of a day on which the person was present, by the clock time of the first in and the last out against the
 * shift's ends, whole and rounded down (readings 14 to 16, 18). A status `present` replaces them with its own; where it
 * says nothing the punches still speak, a missing clock-out included, and only without any punch does its silence mean
 * 0.
 */
export function dayMinutesOf(
  shift: Shift,
  { firstInMs, lastOutMs }: Punches,
  told: Pick<EventData['bina.attendance.status-set.v1'], 'lateMinutes' | 'earlyMinutes'> | undefined,
  rules: AttendanceRules,
): DayMinutes {
  const lateByPunch = firstInMs === undefined ? 0 : minutesOf(firstInMs - shift.startMs)
  const earlyByPunch =
    lastOutMs !== undefined
      ? minutesOf(shift.endMs - lastOutMs)
      : firstInMs === undefined
        ? 0
        : rules.missingClockOutMinutes
  const lateMinutes = told?.lateMinutes ?? lateByPunch
  const earlyMinutes = told?.earlyMinutes ?? earlyByPunch
  return { lateMinutes, earlyMinutes, madeUp: isMadeUp(lateMinutes, shift, lastOutMs, rules) }
}

/** The code of the class that the minutes fall into; empty for none. */
export function classOf<C extends string>(
  minutes: number,
  classes: readonly { readonly code: C; readonly upToMinutes: number | null }[],
): C | '' {
  if (minutes <= 0) return ''
  return classes.find(({ upToMinutes }) => upToMinutes === null || minutes <= upToMinutes)?.code ?? ''
}

function isMadeUp(lateMinutes: number, shift: Shift, lastOutMs: number | undefined, rules: AttendanceRules): boolean {
  if (lateMinutes === 0 || lateMinutes > rules.makeUpUpToMinutes || lastOutMs === undefined) return false
  return lastOutMs >= shift.endMs + lateMinutes * MINUTE_MS
}

function minutesOf(ms: number): number {
  return Math.min(MINUTES_OF_A_DAY, Math.max(0, Math.floor(ms / MINUTE_MS)))
}
