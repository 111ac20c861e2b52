import type { MeanBelief, ShareBelief } from './belief.ts'
import { addGrids, convolve, emptyGrid, flatten, layOnGrid, type MassGrid } from './mass-grid.ts'
import type { TermRule } from './scoring-policy.ts'
import { type SlicedDistribution, slicedBeta, slicedNormal } from './sliced-distribution.ts'
import { createSumQuantiles } from './sum-quantiles.ts'

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
/** Shares below this are not told from it, so that each has a logarithm. */
const LEAST_SHARE = 1e-300
/** The part of a term's mass at each of its ends that the grid does not reach out to: it is put at the grid's end. */
const TAIL = 3e-5

/**
 * The 10 % and 90 % quantiles of a score of independent terms (domain.md 5.5; readings.md 33), in points, not rounded. Each term's points
 * are laid on one grid and the terms are added by convolution: no draws, so the same input gives the same interval. The error is below
 * 0.03 points for counts as units have them and below 0.25 for any; the tests hold it against draws and against a finer grid (`finer`
 * divides all steps).
 */
export function scoreInterval(terms: readonly UncertainTerm[], finer = 1): Interval {
  const spans = terms.map(({ rule, beliefs }) => {
    const slices = slicesOf(beliefs, rule.floor, finer)
    const pointsPerUnit = (100 * rule.weight) / (rule.target - rule.floor)
    const pointsAt = (share = 0) => pointsPerUnit * (Math.min(rule.target, Math.max(rule.floor, share)) - rule.floor)
    const [from, to] = bulkOf(slices)
    const [lowest, highest] = [pointsAt(from), pointsAt(to)]
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
  const placeAt = createSumQuantiles(...twoHalves(grids))
  const scoreAt = (probability: number) => Math.min(highest, Math.max(lowest, highest - step * placeAt(probability)))
  return { lower80: scoreAt(0.1), upper80: scoreAt(0.9) }
}

/** Two grids with the same sum: the smallest two are added until two are left. */
function twoHalves(grids: readonly MassGrid[]): readonly [MassGrid, MassGrid] {
  const [first, second, ...more] = [...grids].sort((a, b) => a.masses.length - b.masses.length)
  if (first === undefined || second === undefined) return [first ?? emptyGrid(), emptyGrid()]
  return more.length === 0 ? [first, second] : twoHalves([addGrids(first, second), ...more])
}

/** The edges between which nearly all of the mass lies. */
function bulkOf({ edges, masses }: SlicedDistribution): readonly [number, number] {
  let [from, to] = [0, masses.length]
  for (let tail = masses[from] ?? 1; tail < TAIL; tail += masses[from] ?? 1) from++
  for (let tail = masses[to - 1] ?? 1; tail < TAIL; tail += masses[to - 1] ?? 1) to--
  return [edges[from] ?? 0, edges[to] ?? 0]
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
    return flatten(layOnGrid(slices, { highest: from, stepsPerUnit: 1 / step, bottom }))
  }
  const sum = convolve(grid(logsOne, highestOne), grid(logsOther, highestOther), steps + 2)

  // From the lowest up, each node's mass over the half step to both of its sides.
  const edges = new Float64Array(sum.length + 1)
  for (let i = 0; i < edges.length; i++) edges[i] = Math.exp(highest - Math.max(0, sum.length - i - 0.5) * step)
  return { edges, masses: sum.reverse() }
}

function logs({ edges, masses }: SlicedDistribution): SlicedDistribution {
  const logs = new Float64Array(edges.length)
  for (let i = 0; i < edges.length; i++) logs[i] = Math.log(Math.max(edges[i] ?? 0, LEAST_SHARE))
  return { edges: logs, masses }
}
