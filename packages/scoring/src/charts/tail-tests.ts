import jStat from 'jstat'
import type { Counts } from '../counts.ts'
import type { Moments } from './span-moments.ts'

// Each test gives the probability, on both sides and where nothing has changed, of a difference as great as the one seen between
// `recent` and `baseline`. Twice the smaller tail; 1 at most.

const bothSides = (lower: number, upper: number) => Math.min(1, 2 * Math.min(lower, upper))

/** Shares: Fisher's exact test. Exact for the smallest numbers, whatever the true share. Counts are whole numbers. */
export function shareTest(recent: Counts, baseline: Counts): number {
  const [x, n, m] = [recent.numerator, recent.denominator, baseline.denominator]
  const successes = x + baseline.numerator
  const log = logChoose(successes, x) + logChoose(n + m - successes, n - x) - logChoose(n + m, n)
  const here = Math.exp(log)
  // From one table to the next one the probability changes by a ratio of whole numbers.
  let upper = here
  for (let k = x, term = here; k < Math.min(n, successes) && term > upper * 1e-10; k++) {
    term *= ((successes - k) * (n - k)) / ((k + 1) * (m - successes + k + 1))
    upper += term
  }
  let lower = here
  for (let k = x, term = here; k > Math.max(0, successes - m) && term > lower * 1e-10; k--) {
    term *= (k * (m - successes + k)) / ((successes - k + 1) * (n - k + 1))
    lower += term
  }
  return bothSides(lower, upper)
}

/** Cases per exposure: given their sum, the recent cases are binomial (Przyborowski and Wilenski 1940). Exact for Poisson counts. */
export function rateTest(recent: Counts, baseline: Counts): number {
  const [x, all] = [recent.numerator, recent.numerator + baseline.numerator]
  const p = recent.denominator / (recent.denominator + baseline.denominator)
  const upper = x === 0 ? 1 : jStat.ibeta(p, x, all - x + 1)
  const lower = x === all ? 1 : jStat.ibeta(1 - p, all - x, x + 1)
  return bothSides(lower, upper)
}

/** Times between events: of exponential gaps the ratio of two means is F distributed. Exact where events come by chance. */
export function gapTest(recent: readonly number[], baseline: readonly number[]): number {
  const [a, b] = [sumOf(recent), sumOf(baseline)]
  if (!(a + b > 0)) return 1
  const lower = jStat.ibeta(a / (a + b), recent.length, baseline.length)
  // The small one of the two is never taken from 1: its digits would be lost.
  const upper = lower < 0.5 ? 1 - lower : jStat.ibeta(b / (a + b), baseline.length, recent.length)
  return bothSides(lower, upper)
}

/**
 * Values that differ more than chance alone makes them: Student's t, with a standard deviation of at least `leastSd`. Where the
 * probability is plainly above `least` no more is worked out, and the answer is 1.
 */
export function meanTest(
  recent: Moments,
  baseline: Moments,
  { leastSd = 0, least = 1 }: { readonly leastSd?: number; readonly least?: number } = {},
): number {
  const degrees = recent.count + baseline.count - 2
  const variance = Math.max(leastSd ** 2, (recent.squares + baseline.squares) / degrees)
  const gap = recent.mean - baseline.mean
  if (variance === 0) return gap === 0 ? 1 : 0
  const t2 = gap ** 2 / (variance * (1 / recent.count + 1 / baseline.count))
  if (least <= CHANCE && t2 < WITHIN_CHANCE) return 1
  return jStat.ibeta(degrees / (degrees + t2), degrees / 2, 0.5)
}

// A t of less than the root of 1.32 has a probability above a quarter, whatever its degrees of freedom.
const CHANCE = 0.25
const WITHIN_CHANCE = 1.32

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/** Stirling's series from 16 on, where its next term is below 1e-12. */
function logFactorial(n: number): number {
  if (n >= 16) {
    const square = n * n
    const tail = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / n
    return (n + 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI + tail
  }
  let product = 1
  for (let factor = 2; factor <= n; factor++) product *= factor
  return Math.log(product)
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)
