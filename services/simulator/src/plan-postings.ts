import type { CityUnit } from './palembang.ts'
import { chance, createRandom, letters, pick, wholeBelow } from './random.ts'

/**
 * One person at one unit, from a day of the simulation up to another (that day included); the last posting of most is
 * open.
 */
export interface Posting {
  readonly personKey: string
  readonly unitId: string
  readonly fromDay: number
  readonly toDay: number
  /** A leaver's last day is told; who moves is told by the new posting alone. */
  readonly leaves: boolean
}

/**
 * How many work in each unit: shares are carried over from unit to unit, so that small factors still add up to the
 * right total.
 */
function staffCounts(units: readonly CityUnit[], factor: number): readonly number[] {
  let wanted = 0
  let given = 0
  return units.map((unit) => {
    wanted += unit.usualStaff * factor
    const count = Math.max(1, Math.round(wanted - given))
    given += count
    return count
  })
}

export function planPostings(city: {
  readonly seed: string
  readonly servingUnits: readonly CityUnit[]
  readonly days: number
  readonly staffFactor: number
  readonly withMoves: boolean
}): readonly Posting[] {
  const counts = staffCounts(city.servingUnits, city.staffFactor)
  return city.servingUnits.flatMap((unit, index) =>
    Array.from({ length: counts[index] ?? 1 }, (_, n) => postingsOf(city, unit, n)).flat(),
  )
}

function postingsOf(
  city: {
    readonly seed: string
    readonly servingUnits: readonly CityUnit[]
    readonly days: number
    readonly withMoves: boolean
  },
  unit: CityUnit,
  n: number,
): readonly Posting[] {
  const random = createRandom(city.seed, 'person', unit.unitId, n)
  const personKey = `p-${letters(random, 16)}`
  const lastDay = city.days - 1
  const whole: Posting = { personKey, unitId: unit.unitId, fromDay: 0, toDay: lastDay, leaves: false }
  // Not within the first fortnight, so that a change can be announced; and the first of a unit stays, so that no unit
  // is left empty.
  if (!city.withMoves || n === 0 || city.days < 28 || !chance(random, 0.03)) return [whole]
  const changeDay = 14 + wholeBelow(random, city.days - 14)
  if (chance(random, 0.4)) return [{ ...whole, toDay: changeDay - 1, leaves: true }]
  const other = pick(random, city.servingUnits)
  return [
    { ...whole, toDay: changeDay - 1 },
    { ...whole, unitId: other.unitId, fromDay: changeDay },
  ]
}
