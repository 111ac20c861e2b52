import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays, isoWeekday, type PlainDate } from '@bina/domain/plain-date'
import { chooseUnits, isServing } from './choose-units.ts'
import type { CityOptions } from './city-options.ts'
import { createDayBook, type DayBook } from './day-book.ts'
import type { CityUnit } from './palembang.ts'
import { type Posting, planPostings } from './plan-postings.ts'
import { staffFactor } from './staff-factor.ts'

/** The profile of every unit and person: the hours of Perpres 21/2023, on five days. */
export const cityProfile = 'office_5d'

/** Everything about a pretend city that does not change from event to event. */
export interface CityPlan {
  readonly seed: string
  readonly zone: string
  readonly source: string
  readonly calendar: WorkCalendar
  readonly weeks: number
  readonly firstMonday: PlainDate
  readonly dayBook: DayBook
  /** With the city itself and its agencies, parents before children. */
  readonly units: readonly CityUnit[]
  /** Those that are scored: kelurahan, kecamatan and UPT. */
  readonly servingUnits: readonly CityUnit[]
  readonly postings: readonly Posting[]
  readonly complaintsPerUnitWeek: number
  readonly checksPerWeek: number
  readonly withReassignments: boolean
  readonly withWaiting: boolean
  readonly withReopenings: boolean
  readonly withCorrections: boolean
}

function mustBeCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} must be a whole number from 1: ${value}`)
}

/** @throws RangeError for options that describe no city. */
export function planCity(options: CityOptions): CityPlan {
  mustBeCount('weeks', options.weeks)
  if (options.units !== undefined && options.units !== 'all') mustBeCount('units', options.units)
  if (isoWeekday(options.lastWeekMonday) !== 1)
    throw new RangeError(`lastWeekMonday must be a Monday: ${options.lastWeekMonday}`)
  const seed = String(options.seed)
  const firstMonday = addDays(options.lastWeekMonday, -7 * (options.weeks - 1))
  const dayBook = createDayBook({ ...options, profile: cityProfile, firstMonday })
  const units = chooseUnits(options.units ?? 'all')
  const servingUnits = units.filter(isServing)
  const complaintsPerUnitWeek = options.complaintsPerUnitWeek ?? 0.7
  return {
    seed,
    zone: options.zone,
    source: options.source,
    calendar: options.calendar,
    weeks: options.weeks,
    firstMonday,
    dayBook,
    units,
    servingUnits,
    postings: planPostings({
      seed,
      servingUnits,
      days: options.weeks * 7,
      staffFactor: staffFactor({ ...options, complaintsPerUnitWeek, servingUnits, workingDays: dayBook.workingDays }),
      withMoves: options.withStaffMoves ?? true,
    }),
    complaintsPerUnitWeek,
    checksPerWeek: options.checksPerWeek ?? (60 * servingUnits.length) / 185,
    withReassignments: options.withReassignments ?? true,
    withWaiting: options.withWaiting ?? true,
    withReopenings: options.withReopenings ?? true,
    withCorrections: options.withCorrections ?? true,
  }
}
