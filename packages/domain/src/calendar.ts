import { type CalendarPolicy, type DayHours, FALLBACK_PROFILE } from './calendar-policy.ts'
import { entryInForce, inForce } from './dated.ts'
import { dateOfDayNumber, dayNumberOf, FIRST_DAY, isoWeekday, LAST_DAY, type PlainDate } from './plain-date.ts'
import { dayNumberIn, instantOf } from './zone.ts'

/** One day's work, which may end on the next date. Without a break both its ends are the shift's end. */
export interface Shift {
  readonly startMs: number
  readonly endMs: number
  readonly breakStartMs: number
  readonly breakEndMs: number
}

/** Working time by schedule profile, in one zone, under the dated calendar (readings.md 1, 2, 4). An unknown profile is read as `office_5d`. */
export interface WorkCalendar {
  /** Undefined on a day off. */
  shiftOn(profile: string, date: PlainDate): Shift | undefined
  /** Close of business of the n-th working day after `from`, which is day 0 also when it is a day off. @throws RangeError unless n is 1 or more. */
  closeOfWorkingDay(profile: string, from: PlainDate, n: number): number
  /** Minutes at work in [from, to), breaks left out, rounded down once at the end; 0 when `to` is not after `from`. */
  workingMinutes(profile: string, fromMs: number, toMs: number): number
  /** The smallest instant t at which `workingMinutes(profile, fromMs, t)` has reached `minutes`. */
  instantAfterWorkingMinutes(profile: string, fromMs: number, minutes: number): number
  knows(profile: string): boolean
}

const MINUTE_MS = 60_000
const BLOCK_DAYS = 256
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** Consecutive days worked out once: long spans are differences of sums, not walks. */
interface Block {
  readonly shifts: readonly (Shift | undefined)[]
  /** Milliseconds at work in the block before each of its days; one more entry for the whole block. */
  readonly workedMsBefore: Float64Array
}

export function createWorkCalendar(config: { readonly zone: string; readonly policy: CalendarPolicy }): WorkCalendar {
  const { zone, policy } = config
  const profiles = new Map(Object.entries(policy.profiles))
  const daysOff = new Set(policy.daysOff.flatMap(({ value }) => [...value.holidays, ...value.jointLeave]))
  const blocksOfProfile = new Map([...profiles.keys()].map((name) => [name, new Map<number, Block>()]))

  function hoursOn(profile: string, date: PlainDate): DayHours | undefined {
    const rules = inForce(profiles.get(profile) ?? [], date)
    if (rules.keepsHolidays && daysOff.has(date)) return undefined
    const ramadan = rules.ramadanHours !== undefined && entryInForce(policy.ramadan, date) !== undefined
    const week = ramadan ? rules.ramadanHours : rules.hours
    const weekday = WEEKDAYS[isoWeekday(date) - 1]
    return weekday === undefined ? undefined : week?.[weekday]
  }

  function shiftFromPolicy(profile: string, date: PlainDate): Shift | undefined {
    const hours = hoursOn(profile, date)
    if (hours === undefined) return undefined
    return {
      startMs: instantOf(zone, date, hours.start),
      endMs: instantOf(zone, date, hours.end),
      breakStartMs: instantOf(zone, date, hours.break?.start ?? hours.end),
      breakEndMs: instantOf(zone, date, hours.break?.end ?? hours.end),
    }
  }

  function blockOf(asked: string, index: number): Block {
    const profile = profiles.has(asked) ? asked : FALLBACK_PROFILE
    const blocks = blocksOfProfile.get(profile) ?? new Map<number, Block>()
    const known = blocks.get(index)
    if (known !== undefined) return known
    const shifts: (Shift | undefined)[] = []
    const workedMsBefore = new Float64Array(BLOCK_DAYS + 1)
    let workedMs = 0
    const firstDay = index * BLOCK_DAYS
    if (firstDay > LAST_DAY) throw new RangeError('the calendar ends with the year 9999')
    for (let day = 0; day < BLOCK_DAYS; day++) {
      const isDated = firstDay + day >= FIRST_DAY && firstDay + day <= LAST_DAY
      const shift = isDated ? shiftFromPolicy(profile, dateOfDayNumber(firstDay + day)) : undefined
      shifts.push(shift)
      workedMs += shift === undefined ? 0 : workedMsUntil(shift, Number.POSITIVE_INFINITY)
      workedMsBefore[day + 1] = workedMs
    }
    const block = { shifts, workedMsBefore }
    blocks.set(index, block)
    return block
  }

  function shiftOnDay(profile: string, dayNumber: number): Shift | undefined {
    const index = Math.floor(dayNumber / BLOCK_DAYS)
    return blockOf(profile, index).shifts[dayNumber - index * BLOCK_DAYS]
  }

  /**
   * Milliseconds at work from the beginning of block `index` to the instant, both in the zone's days. What is left of yesterday's shift
   * is taken off, since its day counts it whole: early on a block's first day the sum may be below 0.
   */
  function workedMsInBlockUntil(profile: string, index: number, dayNumber: number, instantMs: number): number {
    const block = blockOf(profile, index)
    const day = dayNumber - index * BLOCK_DAYS
    const shift = block.shifts[day]
    const today = shift === undefined ? 0 : workedMsUntil(shift, instantMs)
    const yesterday = dayNumber > FIRST_DAY ? shiftOnDay(profile, dayNumber - 1) : undefined
    const leftMs = yesterday === undefined ? 0 : Math.max(0, yesterday.endMs - Math.max(instantMs, yesterday.startMs))
    return (block.workedMsBefore[day] ?? 0) + today - leftMs
  }

  function workedMsBetween(profile: string, fromMs: number, toMs: number): number {
    const fromDay = dayNumberIn(zone, fromMs)
    const toDay = dayNumberIn(zone, toMs)
    const fromBlock = Math.floor(fromDay / BLOCK_DAYS)
    const toBlock = Math.floor(toDay / BLOCK_DAYS)
    let workedMs =
      workedMsInBlockUntil(profile, toBlock, toDay, toMs) - workedMsInBlockUntil(profile, fromBlock, fromDay, fromMs)
    for (let index = fromBlock; index < toBlock; index++)
      workedMs += blockOf(profile, index).workedMsBefore[BLOCK_DAYS] ?? 0
    return workedMs
  }

  return {
    shiftOn: (profile, date) => shiftOnDay(profile, dayNumberOf(date)),

    closeOfWorkingDay(profile, from, n) {
      if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`working day ${n}: expected a whole number from 1 on`)
      let left = n
      for (let day = dayNumberOf(from) + 1; ; day++) {
        const shift = shiftOnDay(profile, day)
        if (shift !== undefined && --left === 0) return shift.endMs
      }
    },

    workingMinutes(profile, fromMs, toMs) {
      return toMs > fromMs ? Math.floor(workedMsBetween(profile, fromMs, toMs) / MINUTE_MS) : 0
    },

    instantAfterWorkingMinutes(profile, fromMs, minutes) {
      if (!Number.isFinite(minutes)) throw new RangeError(`${minutes} is no count of working minutes`)
      if (minutes <= 0) return fromMs
      const fromDay = dayNumberIn(zone, fromMs)
      let index = Math.floor(fromDay / BLOCK_DAYS)
      // From here on work is counted from the beginning of the block that the span starts in.
      let leftMs = Math.ceil(minutes) * MINUTE_MS + workedMsInBlockUntil(profile, index, fromDay, fromMs)
      if (leftMs <= 0) {
        // It is reached in a shift that began on the day before the block.
        index--
        leftMs += blockOf(profile, index).workedMsBefore[BLOCK_DAYS] ?? 0
      }
      for (;;) {
        const block = blockOf(profile, index)
        const wholeMs = block.workedMsBefore[BLOCK_DAYS] ?? 0
        if (wholeMs >= leftMs) return instantInBlock(block, leftMs)
        leftMs -= wholeMs
        index++
      }
    },

    knows: (profile) => profiles.has(profile),
  }
}

function workedMsUntil(shift: Shift, instantMs: number): number {
  const beforeBreakMs = Math.min(instantMs, shift.breakStartMs) - shift.startMs
  const afterBreakMs = Math.min(instantMs, shift.endMs) - shift.breakEndMs
  return Math.max(0, beforeBreakMs) + Math.max(0, afterBreakMs)
}

/** The smallest instant at which the block's work has reached `workMs`, which is above 0 and not above the block's sum. */
function instantInBlock(block: Block, workMs: number): number {
  const day = block.workedMsBefore.findIndex((before) => before >= workMs) - 1
  const shift = block.shifts[day]
  if (shift === undefined) throw new Error('a day without a shift cannot complete a span of work')
  const leftMs = workMs - (block.workedMsBefore[day] ?? 0)
  const untilBreakMs = shift.breakStartMs - shift.startMs
  return leftMs <= untilBreakMs ? shift.startMs + leftMs : shift.breakEndMs + leftMs - untilBreakMs
}
