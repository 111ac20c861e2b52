import jStat from 'jstat'
import type { Counts } from '../counts.ts'
import { meanOf } from './control-limits.ts'

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
  const upper = jStat.ibeta(b / (a + b), baseline.length, recent.length)
  return bothSides(lower, upper)
}

/** Values that differ more than chance alone makes them: Student's t, with a standard deviation of at least `leastSd`. */
export function meanTest(recent: readonly number[], baseline: readonly number[], leastSd = 0): number {
  const [k, m] = [recent.length, baseline.length]
  const [here, before] = [meanOf(recent), meanOf(baseline)]
  const squares = (values: readonly number[], mean: number) => sumOf(values.map((value) => (value - mean) ** 2))
  const degrees = k + m - 2
  const variance = Math.max(leastSd ** 2, (squares(recent, here) + squares(baseline, before)) / degrees)
  if (variance === 0) return here === before ? 1 : 0
  const t2 = (here - before) ** 2 / (variance * (1 / k + 1 / m))
  return jStat.ibeta(degrees / (degrees + t2), degrees / 2, 0.5)
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)
const logFactorial = (n: number) => (n < 2 ? 0 : jStat.gammaln(n + 1))
