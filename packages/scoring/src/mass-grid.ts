import type { SlicedDistribution } from './sliced-distribution.ts'

/** A mass that lies at one place exactly. */
export interface Atom {
  /** Steps below the highest place, not necessarily whole. */
  readonly position: number
  readonly mass: number
}

/**
 * Masses at even steps down from a highest place: masses[k] stands for what is spread around k steps below it, atoms for what is not
 * spread. Mass between two nodes is shared out so that its mean is kept: even a distribution narrower than a step adds no bias.
 */
export interface MassGrid {
  readonly masses: Float64Array
  readonly atoms: readonly Atom[]
}

/** The sum of nothing. */
export function emptyGrid(): MassGrid {
  return { masses: new Float64Array(1), atoms: [{ position: 0, mass: 1 }] }
}

/** Atoms that can move no quantile worth the name are spread like the rest. */
const LEAST_ATOM = 1e-4

/** What is not wider than this, in steps, counts as one atom at its mean: shared out to nodes it would become wider than it is. */
const NARROW = 1.5

/** Lays slices on a grid below `highest`; what lies above it, or more than `bottom` steps below it, becomes an atom there. */
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
  const atoms = [
    { position: 0, mass: atTop },
    { position: bottom, mass: atBottom },
  ]
  return bottom < NARROW
    ? { masses: new Float64Array(masses.length), atoms: [meanAtom(masses, atoms)] }
    : withAtoms(masses, atoms)
}

function meanAtom(masses: Float64Array, atoms: readonly Atom[]): Atom {
  const position = atoms.reduce((sum, atom) => sum + atom.position * atom.mass, 0)
  return { position: masses.reduce((sum, mass, k) => sum + k * mass, position), mass: 1 }
}

/** The grid of the sum of two independent things, below the sum of their highest places. */
export function addGrids(one: MassGrid, other: MassGrid): MassGrid {
  // One more node: an atom between two nodes shifts the other's last mass beyond the sum of both ends.
  const masses = convolve(one.masses, other.masses, one.masses.length + other.masses.length)
  for (const atom of one.atoms) addShifted(masses, other.masses, atom)
  for (const atom of other.atoms) addShifted(masses, one.masses, atom)
  const { atoms, spread } = pairsOf(one, other)
  for (const { position, mass } of spread) put(masses, position, mass)
  return { masses, atoms }
}

/** Where an atom of one and an atom of the other come together: what is an atom of the sum, and what is too little for one. */
export function pairsOf(
  one: MassGrid,
  other: MassGrid,
): { readonly atoms: readonly Atom[]; readonly spread: readonly Atom[] } {
  const [atoms, spread]: [Atom[], Atom[]] = [[], []]
  for (const a of one.atoms) {
    for (const b of other.atoms) {
      const pair = { position: a.position + b.position, mass: a.mass * b.mass }
      if (pair.mass >= LEAST_ATOM) atoms.push(pair)
      else spread.push(pair)
    }
  }
  return { atoms, spread }
}

/** All masses of a grid on its nodes, atoms too. */
export function flatten({ masses, atoms }: MassGrid): Float64Array {
  const flat = masses.slice()
  for (const { position, mass } of atoms) put(flat, position, mass)
  return flat
}

/** The masses of a sum on `length` nodes; what would lie beyond is put on the last. */
export function convolve(one: Float64Array, other: Float64Array, length: number): Float64Array {
  const sum = new Float64Array(length)
  for (let at = 0; at < Math.min(one.length, length); at += ROWS) addRows(sum, one, at, other)
  if (length < one.length + other.length - 1)
    sum[length - 1] = (sum[length - 1] ?? 0) + total(one) * total(other) - total(sum)
  return sum
}

// Masses taken at once: a node of the sum is read and written once for all of them, and the other's masses stay in registers.
const ROWS = 4

/** Adds what four neighbouring masses, each times all of the other's, bring to the sum. */
function addRows(sum: Float64Array, one: Float64Array, at: number, other: Float64Array): void {
  const [a, b, c, d] = [massAt(one, at), massAt(one, at + 1), massAt(one, at + 2), massAt(one, at + 3)]
  const end = Math.min(other.length + ROWS - 1, sum.length - at)
  let [second, third, fourth] = [0, 0, 0]
  for (let j = 0; j < end; j++) {
    const first = massAt(other, j)
    sum[at + j] = (sum[at + j] ?? 0) + a * first + b * second + c * third + d * fourth
    fourth = third
    third = second
    second = first
  }
}

/** Nothing beyond the end, without reading there: that would make every read a slow one. */
function massAt(masses: Float64Array, node: number): number {
  return node < masses.length ? (masses[node] ?? 0) : 0
}

function total(masses: Float64Array): number {
  let sum = 0
  for (let i = 0; i < masses.length; i++) sum += masses[i] ?? 0
  return sum
}

function withAtoms(masses: Float64Array, all: readonly Atom[]): MassGrid {
  const atoms: Atom[] = []
  for (const atom of all) {
    if (atom.mass >= LEAST_ATOM) atoms.push(atom)
    else put(masses, atom.position, atom.mass)
  }
  return { masses, atoms }
}

function addShifted(sum: Float64Array, masses: Float64Array, { position, mass }: Atom): void {
  const node = Math.floor(position)
  const beyond = position - node
  for (let j = 0; j < masses.length; j++) {
    const part = mass * (masses[j] ?? 0)
    sum[node + j] = (sum[node + j] ?? 0) + part * (1 - beyond)
    sum[node + j + 1] = (sum[node + j + 1] ?? 0) + part * beyond
  }
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
