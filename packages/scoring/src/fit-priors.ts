import type { Counts } from './counts.ts'
import type { Prior } from './scoring-policy.ts'

/** Bounds of a fitted strength (domain.md 2.3): below, the prior could be outweighed by a week; above, no unit would ever be heard. */
const LEAST_STRENGTH = 5
const MOST_STRENGTH = 500

export interface FittedPrior extends Prior {
  /** Units with any observation, and their observations. */
  readonly units: number
  readonly observations: number
}

/**
 * Beta-binomial prior of a share by moments (domain.md 2.3): the mean of all observations, and as strength how alike the units are.
 * Units that differ no more than chance makes them get the greatest strength: full pooling. Undefined without two units that were
 * counted, or where all or none of the observations were successes: then nothing says how far units differ.
 */
export function fitShare(units: readonly Counts[]): FittedPrior | undefined {
  const counted = units.filter(({ denominator }) => denominator > 0)
  const k = counted.length
  const observations = sum(counted, ({ denominator }) => denominator)
  const mean = sum(counted, ({ numerator }) => numerator) / observations
  if (k < 2 || !(mean > 0 && mean < 1)) return undefined
  const chance = mean * (1 - mean)
  const between =
    (k * sum(counted, ({ numerator, denominator }) => denominator * (numerator / denominator - mean) ** 2)) /
    ((k - 1) * observations)
  const beyondChance = between - (chance / k) * sum(counted, ({ denominator }) => 1 / denominator)
  const strength = beyondChance <= 0 ? MOST_STRENGTH : (chance - between) / beyondChance
  return { mean, strength: clamped(strength), units: k, observations }
}

/**
 * Prior of a mean of answers, by the analogous moments: one respondent's answers have the standard deviation `spread`, so units whose
 * true means have the variance v weigh as much as spread^2 / v respondents.
 */
export function fitMean(units: readonly Counts[], spread: number): FittedPrior | undefined {
  const counted = units.filter(({ denominator }) => denominator > 0)
  const k = counted.length
  const observations = sum(counted, ({ denominator }) => denominator)
  const mean = sum(counted, ({ numerator }) => numerator) / observations
  if (k < 2 || !(mean > 0 && mean < 1)) return undefined
  const chance = spread ** 2
  const between =
    (k * sum(counted, ({ numerator, denominator }) => denominator * (numerator / denominator - mean) ** 2)) /
    ((k - 1) * observations)
  const beyondChance = between - (chance / k) * sum(counted, ({ denominator }) => 1 / denominator)
  return {
    mean,
    strength: clamped(beyondChance <= 0 ? MOST_STRENGTH : chance / beyondChance),
    units: k,
    observations,
  }
}

/** Prior of a rate: a events in an exposure of b, and `mean` = a / b. `pooled`: units differ no more than chance makes them. */
export interface FittedRate {
  readonly mean: number
  readonly a: number
  readonly b: number
  readonly pooled: boolean
}

/** Gamma-Poisson after Marshall (1991; domain.md 2.3). A unit's rate is then (events + a) / (exposure + b). Undefined without events. */
export function fitRate(
  units: readonly { readonly events: number; readonly exposure: number }[],
): FittedRate | undefined {
  const counted = units.filter(({ exposure }) => exposure > 0)
  const exposure = sum(counted, (unit) => unit.exposure)
  const mean = sum(counted, ({ events }) => events) / exposure
  if (!(mean > 0)) return undefined
  const between = sum(counted, (unit) => unit.exposure * (unit.events / unit.exposure - mean) ** 2) / exposure
  const variance = between - mean / (exposure / counted.length)
  if (variance <= 0) return { mean, a: Number.POSITIVE_INFINITY, b: Number.POSITIVE_INFINITY, pooled: true }
  return { mean, a: mean ** 2 / variance, b: mean / variance, pooled: false }
}

function clamped(strength: number): number {
  return Math.min(MOST_STRENGTH, Math.max(LEAST_STRENGTH, strength))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
