import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { dateIn, instantOf, minuteOfDay } from '@bina/domain/zone'
import { createMemory } from '../score/memory.ts'

/** A day on which a source sent nothing for longer than its own habit. */
export interface Silence {
  readonly day: PlainDate
  /** Begin of the half hour of the last arrival before, epoch ms. */
  readonly lastArrivalMs: number
  /** The first half hour of the day at which it had lasted too long, epoch ms. */
  readonly foundAtMs: number
}

export interface SilenceConfig {
  readonly zone: string
  /** The city's own profile: which days are working days. */
  readonly cityProfile: string
  readonly calendar: Pick<WorkCalendar, 'shiftOn'>
}

export const SLOT_MS = 30 * 60_000
/** As far back as a judgement of this day looks: twenty days of habit before as many of silence, and what lies between. */
export const HABIT_LOOKBACK_DAYS = 120

const DAY_MS = 86_400_000
const MARGIN_MINUTES = 60
const HABIT_DAYS = 20
const FEWEST_HABIT_DAYS = 10
const PATIENCE = 4
const GRACE_MS = 4 * 3_600_000
const RETIRED_AFTER_DAYS = 20

/**
 * The working days of a span on which a source fell silent, with the first moment of each at which that could be said. A
 * function of what came in and of the moment; what comes in later under an earlier time takes a silence back.
 *
 * How long nothing has come in is counted in time on the city's working days alone, so that weekends and holidays make
 * nobody silent. The habit at a time of day is the second longest that nothing had come in at that time less an hour, on
 * the last twenty working days up to the last arrival: one bad day makes no habit, nor does the silence that is judged,
 * and earlier ones of over a working day are left out. A silence is longer than four times the habit and four hours more.
 * With fewer than ten such days there is no habit yet, and after twenty working days of silence a source is taken for
 * retired. A source that sends at random a few times a day is called silent on one or two working days in a
 * hundred.
 *
 * @param slots begins of the half hours in which something came in, epoch ms, ascending, each once
 */
export function silencesOf(
  slots: readonly number[],
  { zone, cityProfile, calendar }: SilenceConfig,
  fromDay: PlainDate,
  nowMs: number,
): readonly Silence[] {
  const first = slots[0]
  if (first === undefined) return []
  const today = dateIn(zone, nowMs)
  const firstDay = dateIn(zone, first)
  const workingDays: PlainDate[] = []
  const daysBefore = new Map<PlainDate, number>()
  for (let day = firstDay; day <= today; day = addDays(day, 1)) {
    daysBefore.set(day, workingDays.length)
    if (calendar.shiftOn(cityProfile, day) !== undefined) workingDays.push(day)
  }
  const isWorking = new Set(workingDays)
  /** Time on working days since the first arrival's day began. */
  const workedMs = (atMs: number): number => {
    const day = dateIn(zone, atMs)
    return (daysBefore.get(day) ?? 0) * DAY_MS + (isWorking.has(day) ? atMs - instantOf(zone, day, 0) : 0)
  }
  const quietAt = (atMs: number): { readonly lastMs: number; readonly quietMs: number } | undefined => {
    const lastMs = latestBefore(slots, atMs)
    return lastMs === undefined ? undefined : { lastMs, quietMs: workedMs(atMs) - workedMs(lastMs) }
  }
  const quietOf = createMemory<number | undefined>(100_000)
  const quietOn = (day: PlainDate, minute: number): number | undefined =>
    quietOf(`${day} ${minute}`, () => quietAt(instantOf(zone, day, minute))?.quietMs)
  const silences = new Map<PlainDate, Silence>()
  /** Undefined while there is no habit. */
  const habitMs = (lastMs: number, before: PlainDate, minute: number): number | undefined => {
    const lastDay = dateIn(zone, lastMs)
    const until = (daysBefore.get(lastDay) ?? 0) + (isWorking.has(lastDay) && lastDay < before ? 1 : 0)
    const quiets: number[] = []
    for (let at = until - 1; at >= 0 && quiets.length < HABIT_DAYS; at--) {
      const day = workingDays[at]
      const quietMs = day === undefined ? undefined : quietOn(day, minute)
      const isOutage = day !== undefined && silences.has(day) && quietMs !== undefined && quietMs > DAY_MS
      if (quietMs !== undefined && !isOutage) quiets.push(quietMs)
    }
    return quiets.length < FEWEST_HABIT_DAYS ? undefined : quiets.sort((a, b) => b - a)[1]
  }
  const firstSilenceOf = (day: PlainDate): Silence | undefined => {
    const endMs = Math.min(instantOf(zone, addDays(day, 1), 0), nowMs + 1)
    for (let atMs = nextSlot(instantOf(zone, day, MARGIN_MINUTES)); atMs < endMs; atMs += SLOT_MS) {
      const quiet = quietAt(atMs)
      if (quiet === undefined || quiet.quietMs > RETIRED_AFTER_DAYS * DAY_MS) continue
      const habit = habitMs(quiet.lastMs, day, minuteOfDay(zone, atMs) - MARGIN_MINUTES)
      if (habit !== undefined && quiet.quietMs > PATIENCE * habit + GRACE_MS)
        return { day, lastArrivalMs: quiet.lastMs, foundAtMs: atMs }
    }
    return undefined
  }
  for (const day of workingDays) {
    const silence = firstSilenceOf(day)
    if (silence !== undefined) silences.set(day, silence)
  }
  return [...silences.values()].filter(({ day }) => day >= fromDay)
}

const nextSlot = (atMs: number): number => Math.ceil(atMs / SLOT_MS) * SLOT_MS

function latestBefore(slots: readonly number[], atMs: number): number | undefined {
  let low = 0
  let high = slots.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((slots[middle] ?? Number.POSITIVE_INFINITY) < atMs) low = middle + 1
    else high = middle
  }
  return slots[low - 1]
}
