import type { MeanBelief, ShareBelief } from './belief.ts'
import { convolve, layOnGrid, type MassGrid } from './mass-grid.ts'
import type { TermRule } from './scoring-policy.ts'
import { type SlicedDistribution, slicedBeta, slicedNormal } from './sliced-distribution.ts'

/** One term of a score: u of a belief, or of the product of two independent shares, times its weight. */
export interface UncertainTerm {
  readonly rule: TermRule
  readonly beliefs: readonly [ShareBelief | MeanBelief] | readonly [ShareBelief, ShareBelief]
}

export interface Interval {
  readonly lower80: number
  readonly upper80: number
}

/** Grid steps between the least and the most that a score, or the logarithm of a product, can be. */
const SCORE_STEPS = 400
const PRODUCT_STEPS = 200

/**
 * The 10 % and 90 % quantiles of a score of independent terms (domain.md 5.5; readings.md 33), in points, not rounded. Each term's points
 * are laid on one grid and the terms are added by convolution: no draws, so the same input gives the same interval. `finer` divides all
 * steps; at 1 the error is below 0.02 points, as the tests hold it against draws and against finer steps.
 */
export function scoreInterval(terms: readonly UncertainTerm[], finer = 1): Interval {
  const spans = terms.map(({ rule, beliefs }) => {
    const slices = slicesOf(beliefs, rule.floor, finer)
    const pointsPerUnit = (100 * rule.weight) / (rule.target - rule.floor)
    const pointsAt = (share = 0) => pointsPerUnit * (Math.min(rule.target, Math.max(rule.floor, share)) - rule.floor)
    const [lowest, highest] = [pointsAt(slices.edges[0]), pointsAt(slices.edges.at(-1))]
    return { slices, rule, pointsPerUnit, lowest, highest }
  })
  const lowest = spans.reduce((sum, span) => sum + span.lowest, 0)
  const highest = spans.reduce((sum, span) => sum + span.highest, 0)
  const step = (highest - lowest) / (SCORE_STEPS * finer)
  if (!(step > 1e-9)) return { lower80: lowest, upper80: highest }

  const grids = spans.map(({ slices, rule, pointsPerUnit, lowest, highest }) =>
    layOnGrid(slices, {
      highest: rule.floor + highest / pointsPerUnit,
      stepsPerUnit: pointsPerUnit / step,
      bottom: (highest - lowest) / step,
    }),
  )
  const scoreAt = createQuantiles(grids, { step, lowest, highest })
  return { lower80: scoreAt(0.1), upper80: scoreAt(0.9) }
}

function slicesOf([first, second]: UncertainTerm['beliefs'], floor: number, finer: number): SlicedDistribution {
  if (first.kind === 'mean') return slicedNormal(first.mean, first.sd, finer)
  const one = slicedBeta(first.a, first.b, finer)
  return second === undefined ? one : productOf(one, slicedBeta(second.a, second.b, finer), floor, finer)
}

/** The product of two independent shares: their logarithms are added on a grid. What lies below `floor` is not told apart. */
function productOf(
  one: SlicedDistribution,
  other: SlicedDistribution,
  floor: number,
  finer: number,
): SlicedDistribution {
  const [logsOne, logsOther] = [logs(one), logs(other)]
  const [highestOne, highestOther] = [logsOne.edges.at(-1) ?? 0, logsOther.edges.at(-1) ?? 0]
  const highest = highestOne + highestOther
  const least = (logsOne.edges[0] ?? 0) + (logsOther.edges[0] ?? 0)
  const lowest = Math.max(least, Math.min(Math.log(floor), highest - 1e-9))
  const steps = PRODUCT_STEPS * finer
  const step = (highest - lowest) / steps
  const grid = (slices: SlicedDistribution, from: number) => {
    const bottom = Math.min(steps, (from - (slices.edges[0] ?? 0)) / step)
    return layOnGrid(slices, { highest: from, stepsPerUnit: 1 / step, bottom }).masses
  }
  const sum = convolve(grid(logsOne, highestOne), grid(logsOther, highestOther), steps + 2)

  // From the lowest up, each node's mass over the half step to both of its sides.
  const edges = new Float64Array(sum.length + 1)
  for (let i = 0; i < edges.length; i++) edges[i] = Math.exp(highest - Math.max(0, sum.length - i - 0.5) * step)
  return { edges, masses: sum.reverse() }
}

function logs({ edges, masses }: SlicedDistribution): SlicedDistribution {
  const logs = new Float64Array(edges.length)
  for (let i = 0; i < edges.length; i++) logs[i] = Math.log(edges[i] ?? 0)
  return { edges: logs, masses }
}

/** Quantiles of the sum of the grids. The widest is never convolved, since the sum is asked only at the few nodes of a search. */
function createQuantiles(
  grids: readonly MassGrid[],
  { step, lowest, highest }: { readonly step: number; readonly lowest: number; readonly highest: number },
): (probability: number) => number {
  const [widest = new Float64Array([1]), ...others] = grids
    .map(({ masses }) => masses)
    .sort((a, b) => b.length - a.length)
  const rest = others.reverse().reduce((one, other) => convolve(one, other), new Float64Array([1]))
  const [restFrom, widestFrom] = [sumsFrom(rest), sumsFrom(widest)]
  const atTop = grids.reduce((product, grid) => product * grid.atTop, 1)
  const atBottom = grids.reduce((product, grid) => product * grid.atBottom, 1)

  /** The mass at node k and below it, k steps under the highest score. */
  const massFrom = (k: number): number => {
    let mass = widestFrom[k] ?? 0
    for (let j = Math.max(0, k - rest.length + 1); j < Math.min(k, widest.length); j++) {
      mass += (widest[j] ?? 0) * (restFrom[k - j] ?? 0)
    }
    return mass
  }
  /** A node's mass stands for what lies around it, so half of it is below the node; at the top only what lies there exactly is not. */
  const probabilityUpTo = (k: number): number => (k === 0 ? 1 - atTop : (massFrom(k) + massFrom(k + 1)) / 2)

  return (probability) => {
    if (1 - atTop < probability) return highest
    if (atBottom >= probability) return lowest
    let above = 0
    let below = widest.length + rest.length
    while (below - above > 1) {
      const middle = Math.floor((above + below) / 2)
      if (probabilityUpTo(middle) >= probability) above = middle
      else below = middle
    }
    const upTo = probabilityUpTo(below)
    const missing = (probability - upTo) / (probabilityUpTo(above) - upTo)
    return Math.min(highest, Math.max(lowest, highest - step * (below - missing)))
  }
}

/** For each node the mass at it and beyond. */
function sumsFrom(masses: Float64Array): Float64Array {
  const sums = new Float64Array(masses.length)
  let sum = 0
  for (let k = masses.length - 1; k >= 0; k--) {
    sum += masses[k] ?? 0
    sums[k] = sum
  }
  return sums
}
