import { createBeta } from './beta.ts'
import type { Posterior } from './measures.ts'

/** One weighted term of a score: a measure or the product of two, in points between floor and target. */
export interface TermShape {
  readonly weight: number
  readonly floor: number
  readonly target: number
  readonly factors: readonly Posterior[]
}

/** Points of a score per cell of the grid that distributions are spread on. */
const cell = 0.1
const factorCells = 250

/** Weighted points between 0 and 100 * weight. */
export function pointsOf(term: TermShape, x: number): number {
  return term.weight * 100 * Math.min(1, Math.max(0, (x - term.floor) / (term.target - term.floor)))
}

/** The error function by its series, and by its continued fraction further out. */
function normalCdf(z: number): number {
  if (z < -7) return 0
  if (z > 7) return 1
  let sum = z
  let term = z
  for (let k = 1; k < 200; k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

function cdfOf(posterior: Posterior): (x: number) => number {
  if (posterior.kind === 'beta') return createBeta(posterior.a, posterior.b).cdf
  return (x) => normalCdf((x - posterior.mean) / posterior.sd)
}

/** Masses of the factor in equal cells of [0, 1], what lies outside in the outermost ones. */
function massesOf(posterior: Posterior): { readonly x: number; readonly mass: number }[] {
  const cdf = cdfOf(posterior)
  const masses: { x: number; mass: number }[] = []
  let below = 0
  for (let i = 0; i < factorCells; i++) {
    const upTo = i === factorCells - 1 ? 1 : cdf((i + 1) / factorCells)
    if (upTo - below > 1e-7) masses.push({ x: (i + 0.5) / factorCells, mass: upTo - below })
    below = upTo
  }
  return masses
}

/** Spreads a mass on the two neighbours of its place, so that the mean stays. */
function put(grid: Float64Array, points: number, mass: number): void {
  const place = Math.min(points / cell, grid.length - 1)
  const low = Math.min(Math.floor(place), grid.length - 2)
  grid[low] = (grid[low] ?? 0) + mass * (low + 1 - place)
  grid[low + 1] = (grid[low + 1] ?? 0) + mass * (place - low)
}

/** The distribution of a term's weighted points on the grid. */
function gridOf(term: TermShape): Float64Array {
  const size = Math.round((term.weight * 100) / cell)
  const grid = new Float64Array(size + 1)
  const [first, second] = term.factors
  if (first === undefined) throw new Error('a term has at least one factor')
  if (second === undefined) {
    const cdf = cdfOf(first)
    const xOf = (k: number) => term.floor + ((term.target - term.floor) * k) / size
    let below = cdf(term.floor)
    put(grid, 0, below)
    for (let k = 0; k < size; k++) {
      const upTo = cdf(xOf(k + 1))
      put(grid, (k + 0.5) * cell, upTo - below)
      below = upTo
    }
    put(grid, term.weight * 100, 1 - below)
    return grid
  }
  const others = massesOf(second)
  for (const one of massesOf(first)) {
    for (const other of others) put(grid, pointsOf(term, one.x * other.x), one.mass * other.mass)
  }
  return grid
}

/** The cells that hold all but next to nothing of the mass. */
function filled(grid: Float64Array): readonly [first: number, last: number] {
  return [grid.findIndex((mass) => mass > 1e-10), grid.findLastIndex((mass) => mass > 1e-10)]
}

function convolved(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1)
  const [firstA, lastA] = filled(a)
  const [firstB, lastB] = filled(b)
  for (let i = firstA; i <= lastA; i++) {
    const mass = a[i] ?? 0
    for (let j = firstB; j <= lastB; j++) sum[i + j] = (sum[i + j] ?? 0) + mass * (b[j] ?? 0)
  }
  return sum
}

/** Each grid point's mass is taken as spread over its cell. */
function quantileOf(grid: Float64Array, probability: number): number {
  const target = probability * grid.reduce((sum, mass) => sum + mass, 0)
  let below = 0
  for (let k = 0; k < grid.length; k++) {
    const mass = grid[k] ?? 0
    if (below + mass >= target) {
      return Math.min(100, Math.max(0, (k - 0.5 + (target - below) / mass) * cell))
    }
    below += mass
  }
  return 100
}

/** The 10 % and 90 % quantiles of the sum of independent terms, in points 0..100. */
export function scoreInterval(terms: readonly TermShape[]): readonly [lower: number, upper: number] {
  const total = terms.map(gridOf).reduce((sum, grid) => convolved(sum, grid))
  return [quantileOf(total, 0.1), quantileOf(total, 0.9)]
}
