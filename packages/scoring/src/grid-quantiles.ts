import type { MassGrid } from './mass-grid.ts'

/**
 * The quantile function of a grid, as a place: how many steps below the highest. Between nodes the probability rises evenly, at an atom
 * at once.
 */
export function createGridQuantiles({ masses, atoms }: MassGrid): (probability: number) => number {
  // The spread mass at or below each node. Half of what stands for the surroundings of a node lies below it.
  const upTo = new Float64Array(masses.length + 1)
  let below = 0
  for (let k = masses.length - 1; k >= 0; k--) {
    const mass = masses[k] ?? 0
    upTo[k] = below + mass / 2
    below += mass
  }
  const rising = [...atoms].sort((a, b) => b.position - a.position)

  return (probability) => {
    let atomsBelow = 0
    for (const { position, mass } of rising) {
      const place = placeOf(upTo, probability - atomsBelow)
      if (place > position) return place
      atomsBelow += mass
      if (atomsBelow + spreadUpTo(upTo, position) >= probability) return position
    }
    return placeOf(upTo, probability - atomsBelow)
  }
}

/** The spread mass at or below a place, from the values at the nodes. */
function spreadUpTo(upTo: Float64Array, position: number): number {
  const node = Math.floor(position)
  const at = upTo[node] ?? 0
  return at + (position - node) * ((upTo[node + 1] ?? 0) - at)
}

/** The place at which the spread mass reaches a value: 0 when it never does. */
function placeOf(upTo: Float64Array, value: number): number {
  if (!(value < (upTo[0] ?? 0))) return 0
  let [above, below] = [0, upTo.length - 1]
  while (below - above > 1) {
    const middle = (above + below) >> 1
    if ((upTo[middle] ?? 0) >= value) above = middle
    else below = middle
  }
  const [high, low] = [upTo[above] ?? 0, upTo[below] ?? 0]
  return below - Math.max(0, (value - low) / (high - low))
}
