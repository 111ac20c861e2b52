import type { CityUnit } from './palembang.ts'

// Measured on simulated cities, a little low, so that the target is reached and not just missed.
const eventsPerWorkedPersonDay = 1.92
const eventsPerComplaint = 5
const otherEventsPerUnitWeek = 0.75

/** By how much the usual staff of every unit is multiplied. */
export function staffFactor(city: {
  readonly servingUnits: readonly CityUnit[]
  readonly weeks: number
  readonly workingDays: number
  readonly complaintsPerUnitWeek: number
  readonly staffPerUnit?: number
  readonly eventsTarget?: number
}): number {
  const units = city.servingUnits.length
  const usualStaff = city.servingUnits.reduce((sum, unit) => sum + unit.usualStaff, 0)
  if (city.staffPerUnit !== undefined) return (city.staffPerUnit * units) / usualStaff
  if (city.eventsTarget === undefined) return 1
  const perUnitWeek = city.complaintsPerUnitWeek * eventsPerComplaint + otherEventsPerUnitWeek
  const fromAttendance = city.eventsTarget - perUnitWeek * units * city.weeks
  return Math.max(0, fromAttendance) / (eventsPerWorkedPersonDay * city.workingDays) / usualStaff
}
