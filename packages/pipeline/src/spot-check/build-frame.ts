import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { SpotCheckRules } from '@bina/domain/spot-check-rules'
import { callHours } from './call-hours.ts'
import type { CityUnit } from './city-roster.ts'
import { mayCall, type RotationState } from './draw-slots.ts'
import { type FrameUnit, type SpotCheckFrame, staffHashOf } from './spot-check-frame.ts'

export interface FrameRequest {
  readonly week: PlainDate
  /** The first day on which calls are made: the week's Monday, or later where it has begun. */
  readonly fromDate: PlainDate
  readonly zone: string
  /** Profile of the office that calls: checks are counted by its working days. */
  readonly cityProfile: string
  readonly policyVersion: string
  readonly rules: SpotCheckRules
  readonly capacityPerDay?: number | undefined
  readonly callerUnitIds: readonly string[]
  readonly beaconFrom: string
  readonly previous: { readonly drawId: string; readonly commitment: string; readonly rotation: RotationState } | null
}

/** The frame of a week: every unit that answers at a counter, with its roster's size, its hours and its line of superiors. */
export function buildFrame(
  request: FrameRequest,
  city: { readonly units: readonly CityUnit[]; readonly calendar: WorkCalendar },
): SpotCheckFrame {
  const { week, zone, rules, previous } = request
  const capacityPerDay = request.capacityPerDay ?? rules.capacityPerDay
  const dates = Array.from({ length: 7 }, (_, at) => addDays(week, at)).filter((date) => date >= request.fromDate)
  const callers = request.callerUnitIds.toSorted().map((unitId) => ({
    unitId,
    line: [...new Set([unitId, ...(city.units.find((unit) => unit.unitId === unitId)?.line ?? [])])],
  }))
  const hours: Record<string, Record<string, [number, number][]>> = {}
  const leftOut: SpotCheckFrame['leftOut'] = []
  const units: FrameUnit[] = []
  const checked = city.units.filter(({ unitType }) => rules.typeWeights[unitType] !== undefined)
  for (const unit of checked.toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))) {
    const { unitId, unitType, kecamatanId, line, profile, staffKeys } = unit
    hours[profile] ??= Object.fromEntries(
      dates.map((date) => [date, callHours({ zone, calendar: city.calendar }, rules, profile, date)]),
    )
    const isOpen = Object.values(hours[profile]).some((spans) => spans.length > 0)
    const hasCaller = callers.length === 0 || callers.some((caller) => mayCall(caller, unit))
    if (staffKeys.length === 0) leftOut.push({ unitId, reason: 'no_roster' })
    else if (!isOpen) leftOut.push({ unitId, reason: 'not_open' })
    else if (!hasCaller) leftOut.push({ unitId, reason: 'no_caller' })
    else {
      const sorted = staffKeys.toSorted()
      const staff = { staff: sorted.length, staffHash: staffHashOf(sorted) }
      units.push({ unitId, unitType, kecamatanId, line: [...line], profile, ...staff })
    }
  }
  const workDays = dates.filter((date) => city.calendar.shiftOn(request.cityProfile, date) !== undefined)
  const slots = units.length === 0 ? 0 : capacityPerDay * workDays.length
  const rotationSlots = Math.round(slots * rules.rotationShare)
  return {
    format: 1,
    week,
    zone,
    policyVersion: request.policyVersion,
    capacityPerDay,
    rotationSlots,
    freeSlots: slots - rotationSlots,
    typeWeights: { ...rules.typeWeights },
    apartMinutes: rules.call.apartMinutes,
    hours,
    units,
    leftOut,
    callers,
    rotation: {
      ...rotationFor(units, previous?.rotation),
      previous: previous === null ? null : { drawId: previous.drawId, commitment: previous.commitment },
    },
    beaconFrom: request.beaconFrom,
  }
}

/** How a block goes on: with those that have not had their turn, new units among them; when there are none, the next begins. */
export function rotationFor(
  units: readonly Pick<FrameUnit, 'unitId'>[],
  before: RotationState | undefined,
): { block: number; done: string[] } {
  if (before === undefined) return { block: 1, done: [] }
  const done = new Set(before.done)
  if (units.every(({ unitId }) => done.has(unitId))) return { block: before.block + 1, done: [] }
  return { block: before.block, done: [...before.done] }
}
