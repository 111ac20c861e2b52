import { type CityUnit, palembangUnits } from './palembang.ts'
import { unitsOfStories } from './story-lines.ts'

/** Whether a unit serves the public, and so has staff, complaints and scores. */
export function isServing(unit: CityUnit): boolean {
  return unit.unitType === 'kelurahan' || unit.unitType === 'kecamatan' || unit.unitType === 'upt'
}

/**
 * The first `wanted` serving units, stories first and parents before children, with the city and its agencies; in the
 * order of the whole city.
 */
export function chooseUnits(wanted: 'all' | number): readonly CityUnit[] {
  const all = palembangUnits()
  if (wanted === 'all') return all
  const first = unitsOfStories()
  const others = all.filter((unit) => isServing(unit) && !first.includes(unit.unitId)).map((unit) => unit.unitId)
  const chosen = new Set([...first, ...others].slice(0, wanted))
  return all.filter((unit) => !isServing(unit) || chosen.has(unit.unitId))
}
