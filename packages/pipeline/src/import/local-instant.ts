import { dateIn, instantOf, minuteOfDay, offsetMsAt } from '@bina/domain/zone'
import type { FixedTime, WallTime } from './time-format.ts'

export interface LocalInstant {
  readonly ms: number
  /** `gap`: the clock skipped this time and the instant after it is taken; `overlap`: it showed it twice and the earlier is taken. */
  readonly clock: 'once' | 'gap' | 'overlap'
  /** The other instant of an overlap. */
  readonly laterMs?: number
}

/** No zone has ever moved its clock by more than this at once in the time that city systems cover. */
const longestChangeMs = 3 * 60 * 60 * 1000

/** A wall clock's time in a zone to an instant, with what the zone's clock changes made of it. */
export function localInstant(zone: string, time: WallTime | FixedTime): LocalInstant {
  if (time.kind === 'instant') return { ms: time.ms, clock: 'once' }
  const minuteMs = instantOf(zone, time.date, time.minuteOfDay)
  const ms = minuteMs + time.restMs
  const shows = (instantMs: number) =>
    minuteOfDay(zone, instantMs) === time.minuteOfDay && dateIn(zone, instantMs) === time.date
  if (!shows(minuteMs)) return { ms, clock: 'gap' }
  const backMs = offsetMsAt(zone, minuteMs) - offsetMsAt(zone, minuteMs + longestChangeMs)
  if (backMs > 0 && shows(minuteMs + backMs)) return { ms, clock: 'overlap', laterMs: ms + backMs }
  return { ms, clock: 'once' }
}

/** RFC 3339 with the offset that the zone's clock had. */
export function zonedTime(zone: string, instantMs: number): string {
  const offsetMinutes = Math.round(offsetMsAt(zone, instantMs) / 60_000)
  const local = new Date(instantMs + offsetMinutes * 60_000).toISOString().replace('.000Z', '').replace('Z', '')
  const two = (n: number) => String(n).padStart(2, '0')
  const size = Math.abs(offsetMinutes)
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
