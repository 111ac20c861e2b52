import { addDays, type CityTime, weekdayOf } from './city-time.ts'

/** The city's decree days, holidays and joint leave together, as month-day lists per year. */
const daysOff: Readonly<Record<string, string>> = {
  2025: `01-01 01-27 01-28 01-29 03-28 03-29 03-31 04-01 04-02 04-03 04-04 04-07 04-18 04-20 05-01 05-12 05-13
    05-29 05-30 06-01 06-06 06-09 06-27 08-17 08-18 09-05 12-25 12-26`,
  2026: `01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-21 03-22 03-23 03-24 04-03 04-05 05-01 05-14 05-15 05-27
    05-28 05-31 06-01 06-16 08-17 08-25 12-24 12-25`,
  2027: '01-01 05-01 06-01 08-17 12-25',
}

const ramadans = [
  { from: '2025-03-01', to: '2025-03-30' },
  { from: '2026-02-19', to: '2026-03-20' },
]

interface Hours {
  readonly start: string
  readonly end: string
  readonly breakStart: string
  readonly breakEnd: string
}

const usual: Hours = { start: '07:30', end: '16:00', breakStart: '12:00', breakEnd: '13:00' }
const usualFriday: Hours = { start: '07:30', end: '16:30', breakStart: '11:30', breakEnd: '13:00' }
const fasting: Hours = { start: '08:00', end: '15:00', breakStart: '12:00', breakEnd: '12:30' }
const fastingFriday: Hours = { start: '08:00', end: '15:30', breakStart: '11:30', breakEnd: '12:30' }

function hoursOn(date: string): Hours | null {
  const weekday = weekdayOf(date)
  if (weekday > 5) return null
  if (daysOff[date.slice(0, 4)]?.split(/\s+/).includes(date.slice(5))) return null
  const inRamadan = ramadans.some(({ from, to }) => from <= date && date <= to)
  if (weekday === 5) return inRamadan ? fastingFriday : usualFriday
  return inRamadan ? fasting : usual
}

export interface Shift {
  readonly startMs: number
  readonly endMs: number
  readonly breakStartMs: number
  readonly breakEndMs: number
}

/** Working time of `office_5d`; every length is milliseconds of working time, breaks left out. */
export interface Calendar {
  readonly shiftOn: (date: string) => Shift | null
  /** The close of business of the n-th working day after the date. */
  readonly closeAfter: (date: string, workingDays: number) => number
  readonly workedMs: (fromMs: number, toMs: number) => number
  /** The earliest instant by which that much has been worked since `fromMs`. */
  readonly after: (fromMs: number, workMs: number) => number
}

function overlapMs(aFrom: number, aTo: number, bFrom: number, bTo: number): number {
  return Math.max(0, Math.min(aTo, bTo) - Math.max(aFrom, bFrom))
}

export function createCalendar(city: CityTime): Calendar {
  const shifts = new Map<string, Shift | null>()
  const shiftOn = (date: string): Shift | null => {
    const known = shifts.get(date)
    if (known !== undefined) return known
    const hours = hoursOn(date)
    const shift = hours && {
      startMs: city.at(date, hours.start),
      endMs: city.at(date, hours.end),
      breakStartMs: city.at(date, hours.breakStart),
      breakEndMs: city.at(date, hours.breakEnd),
    }
    shifts.set(date, shift)
    return shift
  }

  const closeAfter = (date: string, workingDays: number): number => {
    let day = date
    let close: number | null = null
    for (let left = workingDays; left > 0; ) {
      day = addDays(day, 1)
      const shift = shiftOn(day)
      if (shift === null) continue
      close = shift.endMs
      left -= 1
    }
    if (close === null) throw new Error('a span has at least one working day')
    return close
  }

  const workedMs = (fromMs: number, toMs: number): number => {
    if (toMs <= fromMs) return 0
    let worked = 0
    const last = city.dateOf(toMs)
    for (let day = city.dateOf(fromMs); day <= last; day = addDays(day, 1)) {
      const shift = shiftOn(day)
      if (shift === null) continue
      worked += overlapMs(shift.startMs, shift.breakStartMs, fromMs, toMs)
      worked += overlapMs(shift.breakEndMs, shift.endMs, fromMs, toMs)
    }
    return worked
  }

  const after = (fromMs: number, workMs: number): number => {
    let left = workMs
    if (left <= 0) return fromMs
    for (let day = city.dateOf(fromMs); ; day = addDays(day, 1)) {
      const shift = shiftOn(day)
      if (shift === null) continue
      const halves = [
        [shift.startMs, shift.breakStartMs],
        [shift.breakEndMs, shift.endMs],
      ] as const
      for (const [halfStart, halfEnd] of halves) {
        const start = Math.max(halfStart, fromMs)
        if (halfEnd <= start) continue
        if (left <= halfEnd - start) return start + left
        left -= halfEnd - start
      }
    }
  }

  return { shiftOn, closeAfter, workedMs, after }
}
