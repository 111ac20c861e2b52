import type { Counts } from '../counts.ts'
import { type ControlLimits, limitsAround } from './control-limits.ts'

/** What is counted: cases out of cases (p'), cases per exposure (u'), or a sum of single answers with a known spread. */
export type LaneyKind =
  | { readonly of: 'share' }
  | { readonly of: 'rate' }
  | { readonly of: 'mean'; readonly spread: number }

export interface LaneyChart {
  readonly centre: number
  /** How much more the weeks differ than chance alone would make them; at least 1. */
  readonly sigmaZ: number
  readonly limits: (denominator: number) => ControlLimits
}

/**
 * Laney's charts (Laney 2002): limits p +/- 3 s_i sigma_z, s_i what chance alone does to a week of that size, sigma_z the mean moving
 * range of the baseline's z over 1.128. Staff of one office are late together, so weeks differ more than single coins would.
 * sigma_z is held at 1 or more: weeks that happened to be alike narrow nobody's limits. Where all or none succeeded the spread is
 * taken from (x + 1/2) / (n + 1), since chance is never nil, and one case alone never lies beyond a limit. Undefined below two weeks.
 */
export function laneyChart(baseline: readonly Counts[], kind: LaneyKind): LaneyChart | undefined {
  if (baseline.length < 2) return undefined
  const cases = baseline.reduce((sum, { numerator }) => sum + numerator, 0)
  const size = baseline.reduce((sum, { denominator }) => sum + denominator, 0)
  const centre = cases / size
  const variance = varianceOf(kind, cases, size)
  let [ranges, before] = [0, 0]
  baseline.forEach(({ numerator, denominator }, at) => {
    const z = (numerator / denominator - centre) / Math.sqrt(variance / denominator)
    if (at > 0) ranges += Math.abs(z - before)
    before = z
  })
  const sigmaZ = Math.max(1, ranges / (baseline.length - 1) / 1.128)
  const leastReach = kind.of === 'mean' ? 0 : 1
  const most = kind.of === 'rate' ? Infinity : 1
  return {
    centre,
    sigmaZ,
    limits: (denominator) => {
      const reach = 3 * Math.sqrt(variance / denominator) * sigmaZ
      return limitsAround(centre, Math.max(reach, leastReach / denominator), 0, most)
    },
  }
}

function varianceOf(kind: LaneyKind, cases: number, size: number): number {
  switch (kind.of) {
    case 'share': {
      const p = cases <= 0 || cases >= size ? (cases + 0.5) / (size + 1) : cases / size
      return p * (1 - p)
    }
    case 'rate':
      return Math.max(cases, 0.5) / size
    case 'mean':
      return kind.spread ** 2
    default:
      return kind satisfies never
  }
}

const angle = (share: number) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, share))))

/**
 * How far a week lies from the centre, in standard deviations of chance alone, on a scale with hardly any skew whatever the share
 * (Anscombe 1948).
 */
export function evenDistance(kind: LaneyKind, centre: number, { numerator, denominator }: Counts): number {
  switch (kind.of) {
    case 'share': {
      return 2 * Math.sqrt(denominator + 0.5) * (angle((numerator + 0.375) / (denominator + 0.75)) - angle(centre))
    }
    case 'rate':
      return 2 * (Math.sqrt(numerator + 0.375) - Math.sqrt(centre * denominator))
    case 'mean':
      return (Math.sqrt(denominator) * (numerator / denominator - centre)) / kind.spread
    default:
      return kind satisfies never
  }
}
