import { createBeta } from './beta.ts'
import { mondayOfWeekNumber } from './city-time.ts'
import type { Measure, ScoredMeasure } from './facts.ts'
import { gammaQuantile } from './gamma.ts'
import type { Count, Tally } from './tally.ts'

/** Starting priors: mean and weight in cases. */
const priors: Readonly<Record<ScoredMeasure, readonly [mean: number, weight: number]>> = {
  A1: [0.95, 40],
  C1: [0.95, 10],
  A2: [0.82, 40],
  A3: [0.87, 40],
  S1: [0.8, 20],
  S2: [0.7, 20],
  S3: [0.85, 10],
  S4: [0.95, 10],
  S5: [0.75, 20],
  S6: [0.75, 20],
}

export const windowsOf: Readonly<Record<Measure, readonly string[]>> = {
  A1: ['W1', 'R4'],
  A2: ['W1', 'R4'],
  A3: ['W1', 'R4'],
  C1: ['W1', 'R4'],
  S1: ['W1', 'R13', 'R26'],
  S2: ['W1', 'R13', 'R26'],
  S3: ['W1', 'R13', 'R26'],
  S4: ['R52'],
  S5: ['W1', 'R13', 'R26'],
  S6: ['W1', 'R13', 'R26'],
  S8: ['W1', 'R13'],
  S9: ['R13'],
  S10: ['W1', 'R13'],
  S13: ['R13'],
  S14: ['R13'],
  S15: ['R13'],
  K1: ['R13'],
  K2: ['R13'],
  K3: ['R13'],
}

const measures: readonly Measure[] = [
  ...(['A1', 'A2', 'A3', 'C1', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const),
  ...(['S8', 'S9', 'S10', 'S13', 'S14', 'S15', 'K1', 'K2', 'K3'] as const),
]

/** The posterior of a measure: a Beta for shares of cases, a normal for means of ratings. */
export type Posterior =
  | { readonly kind: 'beta'; readonly mean: number; readonly a: number; readonly b: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }

export function posteriorOf(measure: ScoredMeasure, { numerator, denominator }: Count): Posterior {
  const [prior, weight] = priors[measure]
  const mean = (numerator + weight * prior) / (denominator + weight)
  if (measure === 'S5' || measure === 'S6') return { kind: 'normal', mean, sd: 0.28 / Math.sqrt(denominator + weight) }
  return { kind: 'beta', mean, a: numerator + weight * prior, b: denominator - numerator + weight * (1 - prior) }
}

// The standard normal's 90 % quantile.
const z90 = 1.2815515655446004

function clip(x: number): number {
  return Math.min(1, Math.max(0, x))
}

export function interval80(posterior: Posterior): readonly [lower: number, upper: number] {
  if (posterior.kind === 'normal') {
    return [clip(posterior.mean - z90 * posterior.sd), clip(posterior.mean + z90 * posterior.sd)]
  }
  const beta = createBeta(posterior.a, posterior.b)
  return [beta.quantile(0.1), beta.quantile(0.9)]
}

type Judged = Pick<UnitWeekMeasureRow, 'estimate' | 'lower80' | 'upper80'>

function isScored(measure: Measure): measure is ScoredMeasure {
  return Object.hasOwn(priors, measure)
}

/** With a prior its posterior; else the plain ratio and Jeffreys' interval, of a share or (K2, a number a week) of a rate. */
function judge(measure: Measure, count: Count): Judged {
  if (isScored(measure)) {
    const posterior = posteriorOf(measure, count)
    const [lower80, upper80] = interval80(posterior)
    return { estimate: posterior.mean, lower80, upper80 }
  }
  const { numerator, denominator } = count
  const estimate = (measure === 'S15' ? Math.min(numerator, denominator) : numerator) / denominator
  if (measure === 'K2') {
    const lower80 = Math.min(numerator, gammaQuantile(0.1, numerator + 0.5)) / denominator
    return { estimate, lower80, upper80: gammaQuantile(0.9, numerator + 0.5) / denominator }
  }
  // More answers than invitations are as good as one to each.
  const successes = Math.min(numerator, denominator)
  const beta = createBeta(successes + 0.5, denominator - successes + 0.5)
  return {
    estimate,
    lower80: Math.min(estimate, beta.quantile(0.1)),
    upper80: Math.max(estimate, beta.quantile(0.9)),
  }
}

/** K2 counts actions over weeks, all else cases over cases. */
function exposed(measure: Measure, count: Count, weeks: number): Count {
  if (measure !== 'K2') return count
  return { numerator: count.numerator, denominator: count.numerator === 0 ? 0 : weeks }
}

export interface UnitWeekMeasureRow {
  readonly unit_id: string
  readonly scope: 'own'
  readonly week: string
  readonly measure: Measure
  readonly window: string
  readonly numerator: number
  readonly denominator: number
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
  readonly policy_version: string
}

export function measureRows(
  unitIds: readonly string[],
  tally: Tally,
  currentWeek: number,
  policyVersion: string,
): UnitWeekMeasureRow[] {
  const known = new Map<string, Judged>()
  const rows: UnitWeekMeasureRow[] = []
  for (const unit_id of unitIds) {
    const first = tally.firstWeekOf(unit_id)
    for (let week = first ?? currentWeek + 1; week <= currentWeek; week++) {
      for (const measure of measures) {
        for (const window of windowsOf[measure]) {
          const weeks = Number(window.slice(1))
          const count = exposed(measure, tally.sum(unit_id, measure, week, weeks), weeks)
          if (count.denominator === 0) continue
          const key = `${measure} ${count.numerator} ${count.denominator}`
          const judged = known.get(key) ?? judge(measure, count)
          known.set(key, judged)
          rows.push({
            unit_id,
            scope: 'own',
            week: mondayOfWeekNumber(week),
            measure,
            window,
            ...count,
            ...judged,
            policy_version: policyVersion,
          })
        }
      }
    }
  }
  return rows
}
