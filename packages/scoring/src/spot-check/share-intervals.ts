import jStat from 'jstat'
import { betaQuantile } from '../beta-quantile.ts'

/** A share's interval, both ends within 0..1. */
export interface ShareInterval {
  readonly lower: number
  readonly upper: number
}

/**
 * Jeffreys' interval of a share, for display: the middle of Beta(x + 1/2, n - x + 1/2), widened to 0 with no success and to 1 with
 * nothing but successes (Brown, Cai and DasGupta 2001). @throws RangeError unless 0 <= successes <= n.
 */
export function jeffreysInterval(successes: number, n: number, confidence = 0.95): ShareInterval {
  check(successes, n, confidence)
  const tail = (1 - confidence) / 2
  const [a, b] = [successes + 0.5, n - successes + 0.5]
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, a, b),
    upper: successes === n ? 1 : betaQuantile(1 - tail, a, b),
  }
}

/** Wilson's interval of a share, in closed form. Without observations it is the whole range. @throws RangeError as above. */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): ShareInterval {
  check(successes, n, confidence)
  if (n === 0) return { lower: 0, upper: 1 }
  const z = jStat.normal.inv((1 + confidence) / 2, 0, 1)
  const share = successes / n
  const centre = share + (z * z) / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  return {
    lower: successes === 0 ? 0 : Math.max(0, (centre - half) / whole),
    upper: successes === n ? 1 : Math.min(1, (centre + half) / whole),
  }
}

/**
 * How many checks, all of them confirmed, it takes to claim that at least this share is at its post: the smallest n with
 * share^n <= 1 - confidence, so 59 of 59 for 95 % with 95 % confidence.
 */
export function checksToClaim(share: number, confidence = 0.95): number {
  if (!(share > 0 && share < 1 && confidence > 0 && confidence < 1)) throw new RangeError('expected shares within 0..1')
  return Math.ceil(Math.log(1 - confidence) / Math.log(share) - 1e-12)
}

/** The chance that so many checks meet at least one absence, when this share is absent. */
export function chanceToMeetAbsence(checks: number, absentShare: number): number {
  return 1 - (1 - absentShare) ** checks
}

function check(successes: number, n: number, confidence: number): void {
  if (!(successes >= 0 && n >= successes && confidence > 0 && confidence < 1)) {
    throw new RangeError(`${successes} of ${n} at ${confidence} is no share with a confidence`)
  }
}
