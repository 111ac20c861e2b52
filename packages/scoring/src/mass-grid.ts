import type { SlicedDistribution } from './sliced-distribution.ts'

/**
 * Masses at even steps down from a highest place: masses[k] stands k steps below it. Mass that lies between two nodes is shared out so
 * that its mean is kept: even a distribution that is narrower than a step adds no bias.
 */
export interface MassGrid {
  readonly masses: Float64Array
  /** What lies at the highest place or above, and at the lowest or below. */
  readonly atTop: number
  readonly atBottom: number
}

/** Lays slices on a grid below `highest`; what lies above it, or more than `bottom` steps below it, is put there. */
export function layOnGrid(
  { edges, masses: slices }: SlicedDistribution,
  grid: { readonly highest: number; readonly stepsPerUnit: number; readonly bottom: number },
): MassGrid {
  const { highest, stepsPerUnit, bottom } = grid
  const masses = new Float64Array(Math.ceil(bottom) + 2)
  let atTop = 0
  let atBottom = 0
  let upper = (highest - (edges[0] ?? 0)) * stepsPerUnit
  for (let i = 0; i < slices.length; i++) {
    const lower = upper
    upper = (highest - (edges[i + 1] ?? 0)) * stepsPerUnit
    const mass = slices[i] ?? 0
    if (upper >= bottom) atBottom += mass
    else if (lower <= 0) atTop += mass
    else if (lower - upper < 1e-9) put(masses, lower, mass)
    else {
      const density = mass / (lower - upper)
      const from = Math.max(upper, 0)
      const to = Math.min(lower, bottom)
      atTop += density * (from - upper)
      atBottom += density * (lower - to)
      spread(masses, from, to, density)
    }
  }
  put(masses, 0, atTop)
  put(masses, bottom, atBottom)
  return { masses, atTop, atBottom }
}

/** The masses of the sum of two independent things, below the sum of their highest places. What would lie beyond `length` is put last. */
export function convolve(one: Float64Array, other: Float64Array, length = one.length + other.length - 1): Float64Array {
  const sum = new Float64Array(length)
  for (let i = 0; i < one.length; i++) {
    const mass = one[i] ?? 0
    if (mass === 0) continue
    const inside = Math.min(other.length, length - i)
    let beyond = 0
    for (let j = 0; j < inside; j++) sum[i + j] = (sum[i + j] ?? 0) + mass * (other[j] ?? 0)
    for (let j = Math.max(0, inside); j < other.length; j++) beyond += other[j] ?? 0
    sum[length - 1] = (sum[length - 1] ?? 0) + mass * beyond
  }
  return sum
}

/** Spreads a density evenly from one position to another. */
function spread(masses: Float64Array, from: number, to: number, density: number): void {
  for (let start = from; start < to; ) {
    const end = Math.min(Math.floor(start) + 1, to)
    put(masses, (start + end) / 2, density * (end - start))
    start = end
  }
}

function put(masses: Float64Array, position: number, mass: number): void {
  if (mass === 0) return
  const node = Math.floor(position)
  const beyond = position - node
  masses[node] = (masses[node] ?? 0) + mass * (1 - beyond)
  masses[node + 1] = (masses[node + 1] ?? 0) + mass * beyond
}
