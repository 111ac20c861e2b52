import { createSeededOrder, type SeededOrder } from './seeded-order.ts'
import type { Caller, FrameUnit, SpotCheckFrame } from './spot-check-frame.ts'

/** One check that is to be made. */
export interface DrawnSlot {
  readonly slot: number
  readonly kind: 'rotation' | 'free'
  readonly block: number | null
  readonly unitId: string
  /** Place of the person in the unit's roster, from 1. */
  readonly personNumber: number
  readonly date: string
  /** Beginning of the call, minute of the day in the city. */
  readonly minuteOfDay: number
  readonly callerUnitId: string | null
  /** The chance, from the frame alone, that this slot fell on this unit. */
  readonly unitProbability: number
  /** The same for this person. */
  readonly inclusionProbability: number
}

export interface RotationState {
  readonly block: number
  readonly done: readonly string[]
}

export interface DrawnWeek {
  readonly slots: readonly DrawnSlot[]
  /** Where the next week goes on. */
  readonly rotation: RotationState
}

interface ChosenUnit {
  readonly slot: number
  readonly kind: 'rotation' | 'free'
  readonly block: number | null
  readonly unit: FrameUnit
  readonly unitProbability: number
}

/**
 * A week's draw: a pure function of frame and key (domain.md 2.5). Units are chosen first and regardless of days, hours and
 * callers, which are given to them afterwards. So within a block every unit that waits has the same chance in every slot, whatever
 * its hours are, and the chances can be told exactly from the frame.
 */
export function drawSlots(frame: SpotCheckFrame, key: string): DrawnWeek {
  const order = createSeededOrder(key)
  const { chosen, rotation } = chooseUnits(frame, order)
  const dates = giveDates(frame, order, chosen)
  const taken: { readonly date: string; readonly callerUnitId: string | null; readonly minute: number }[] = []
  const slots = chosen.map((choice): DrawnSlot => {
    const { slot, kind, block, unit, unitProbability } = choice
    const about = `${frame.week}|${slot}|${unit.unitId}`
    const numbers = Array.from({ length: unit.staff }, (_, at) => at + 1)
    const personNumber = order.lowest(`${about}|person`, numbers, String) ?? 1
    const callers = frame.callers.filter((caller) => mayCall(caller, unit))
    const callerUnitId = order.lowest(`${about}|caller`, callers, (caller) => caller.unitId)?.unitId ?? null
    const date = dates.get(slot) ?? ''
    const minutes = startMinutes(frame, unit.profile, date)
    const busy = taken.filter((call) => call.date === date && call.callerUnitId === callerUnitId)
    const apart = minutes.filter((minute) => busy.every((call) => Math.abs(call.minute - minute) >= frame.apartMinutes))
    const room = apart.length > 0 ? apart : minutes
    const minute = room[Math.floor(order.fraction(`${about}|minute`) * room.length)] ?? 0
    taken.push({ date, callerUnitId, minute })
    const inclusionProbability = unitProbability / unit.staff
    const person = { unitId: unit.unitId, personNumber, date, minuteOfDay: minute, callerUnitId }
    return { slot, kind, block, ...person, unitProbability, inclusionProbability }
  })
  return { slots, rotation }
}

/** Whoever shares a superior with the unit, the city apart, does not call it. */
export function mayCall(caller: Caller, unit: { readonly line: readonly string[] }): boolean {
  return !caller.line.some((unitId) => unit.line.includes(unitId))
}

/** Dates on which a unit of this profile can be called at all. */
export function openDates(frame: Pick<SpotCheckFrame, 'hours'>, profile: string): readonly string[] {
  const dates = Object.entries(frame.hours[profile] ?? {})
  return dates
    .filter(([, spans]) => spans.length > 0)
    .map(([date]) => date)
    .toSorted()
}

function chooseUnits(frame: SpotCheckFrame, order: SeededOrder) {
  const chosen: ChosenUnit[] = []
  const { units } = frame
  let block = frame.rotation.block
  let done = new Set(frame.rotation.done)
  let waiting = units.filter(({ unitId }) => !done.has(unitId))
  // By symmetry a unit that waits as the week begins is as likely in each slot of the block; later blocks begin with all.
  let likely = 1 / waiting.length
  for (let slot = 1; slot <= frame.rotationSlots; slot++) {
    if (waiting.length === 0) {
      block += 1
      done = new Set()
      waiting = [...units]
      likely = 1 / units.length
    }
    const unit = order.lowest(`${frame.week}|${slot}`, waiting, ({ unitId }) => unitId)
    if (unit === undefined) break
    done.add(unit.unitId)
    waiting = waiting.filter(({ unitId }) => unitId !== unit.unitId)
    chosen.push({ slot, kind: 'rotation', block, unit, unitProbability: likely })
  }
  const strata = strataOf(frame)
  const whole = strata.reduce((sum, { weight }) => sum + weight, 0)
  for (let slot = frame.rotationSlots + 1; slot <= frame.rotationSlots + frame.freeSlots; slot++) {
    let left = order.fraction(`${frame.week}|${slot}|stratum`) * whole
    const stratum = strata.find(({ weight }) => {
      left -= weight
      return left < 0
    })
    if (stratum === undefined) continue
    const unit = order.lowest(`${frame.week}|${slot}`, stratum.units, ({ unitId }) => unitId)
    if (unit === undefined) continue
    const unitProbability = stratum.weight / whole / stratum.units.length
    chosen.push({ slot, kind: 'free', block: null, unit, unitProbability })
  }
  return { chosen, rotation: { block, done: [...done].toSorted() } }
}

/** Kecamatan and type; a stratum weighs as its units do. */
function strataOf(frame: SpotCheckFrame) {
  const strata = new Map<string, FrameUnit[]>()
  for (const unit of frame.units) {
    const name = `${unit.kecamatanId}|${unit.unitType}`
    strata.set(name, [...(strata.get(name) ?? []), unit])
  }
  return [...strata]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, units]) => ({
      name,
      units,
      weight: units.length * (frame.typeWeights[units[0]?.unitType ?? ''] ?? 1),
    }))
}

/** Units that are open on few days come first, so that a day is full for those who have another. */
function giveDates(frame: SpotCheckFrame, order: SeededOrder, chosen: readonly ChosenUnit[]) {
  const filled = new Map<string, number>()
  const dates = new Map<number, string>()
  const withDates = chosen.map((choice) => ({ ...choice, open: openDates(frame, choice.unit.profile) }))
  for (const { slot, unit, open } of withDates.toSorted((a, b) => a.open.length - b.open.length || a.slot - b.slot)) {
    const used = (date: string) => filled.get(date) ?? 0
    const free = open.filter((date) => used(date) < frame.capacityPerDay)
    const least = Math.min(...open.map(used))
    // All its days are full: one call more on the emptiest of them is better than a unit that learns to be left out.
    const room = free.length > 0 ? free : open.filter((date) => used(date) === least)
    const date = order.lowest(`${frame.week}|${slot}|${unit.unitId}|date`, room, (name) => name)
    if (date === undefined) continue
    dates.set(slot, date)
    filled.set(date, used(date) + 1)
  }
  return dates
}

function startMinutes(frame: SpotCheckFrame, profile: string, date: string): readonly number[] {
  const spans = frame.hours[profile]?.[date] ?? []
  return spans.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => from + at))
}
