import { type Atom, type MassGrid, pairsOf } from './mass-grid.ts'

/**
 * The quantile function of the sum of two independent grids, as a place: how many steps below the highest. Between nodes the probability
 * rises evenly, at an atom at once.
 *
 * The masses of the sum are never laid out. A quantile looks at ten nodes or so, and what lies at or below a node is one row of products;
 * all masses would take as many rows as there are nodes, which was the greater part of what an interval costs.
 */
export function createSumQuantiles(one: MassGrid, other: MassGrid): (probability: number) => number {
  const [short, long] = one.masses.length < other.masses.length ? [one, other] : [other, one]
  const [belowShort, belowLong] = [upToNodes(short.masses), upToNodes(long.masses)]
  const { atoms, spread } = pairsOf(one, other)
  const rising = [...atoms].sort((a, b) => b.position - a.position)
  const known = new Float64Array(one.masses.length + other.masses.length + 1).fill(-1)

  /** The spread mass at or below a node. */
  const upTo = (node: number): number => {
    const before = known[node] ?? 0
    if (before >= 0) return before
    let mass = 0
    for (let i = 0; i < short.masses.length; i++) mass += (short.masses[i] ?? 0) * valueAt(belowLong, node - i)
    for (const atom of short.atoms) mass += shifted(belowLong, atom, node)
    for (const atom of long.atoms) mass += shifted(belowShort, atom, node)
    for (const atom of spread) mass += shifted(POINT, atom, node)
    known[node] = mass
    return mass
  }
  const spreadUpTo = (position: number): number => {
    const node = Math.floor(position)
    return upTo(node) + (position - node) * (upTo(node + 1) - upTo(node))
  }

  return (probability) => {
    let atomsBelow = 0
    for (const { position, mass } of rising) {
      const place = placeOf(upTo, known.length, probability - atomsBelow)
      if (place > position) return place
      atomsBelow += mass
      if (atomsBelow + spreadUpTo(position) >= probability) return position
    }
    return placeOf(upTo, known.length, probability - atomsBelow)
  }
}

/** What lies at or below each node, after what lies below a place above all of them, and before the nothing behind the last. */
function upToNodes(masses: Float64Array): Float64Array {
  const upTo = new Float64Array(masses.length + 2)
  let below = 0
  for (let k = masses.length - 1; k >= 0; k--) {
    const mass = masses[k] ?? 0
    // Half of what stands for the surroundings of a node lies below it.
    upTo[k + 1] = below + mass / 2
    below += mass
  }
  upTo[0] = below
  return upTo
}

/** All of the mass on one node. */
const POINT = upToNodes(Float64Array.of(1))

function valueAt(upTo: Float64Array, node: number): number {
  return upTo[Math.max(0, Math.min(node + 1, upTo.length - 1))] ?? 0
}

/** The same of masses that an atom has moved down: shared out between the two nodes next to its place. */
function shifted(upTo: Float64Array, { position, mass }: Atom, node: number): number {
  const steps = Math.floor(position)
  const beyond = position - steps
  return mass * ((1 - beyond) * valueAt(upTo, node - steps) + beyond * valueAt(upTo, node - steps - 1))
}

/** The place at which the spread mass reaches a value: 0 when it never does. */
function placeOf(upTo: (node: number) => number, nodes: number, value: number): number {
  if (!(value < upTo(0))) return 0
  let [above, below] = [0, nodes - 1]
  while (below - above > 1) {
    const middle = (above + below) >> 1
    if (upTo(middle) >= value) above = middle
    else below = middle
  }
  const [high, low] = [upTo(above), upTo(below)]
  return below - Math.max(0, (value - low) / (high - low))
}
