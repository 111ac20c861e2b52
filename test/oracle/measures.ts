import { createBeta } from './beta.ts'
import { mondayOfWeekNumber } from './city-time.ts'
import type { Measure } from './facts.ts'
import type { Count, Tally } from './tally.ts'

/** Starting priors: mean and weight in cases. */
const priors: Readonly<Record<Measure, readonly [mean: number, weight: number]>> = {
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
}

const measures: readonly Measure[] = ['A1', 'A2', 'A3', 'C1', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6']

/** The posterior of a measure: a Beta for shares of cases, a normal for means of ratings. */
export type Posterior =
  | { readonly kind: 'beta'; readonly mean: number; readonly a: number; readonly b: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }

export function posteriorOf(measure: Measure, { numerator, denominator }: Count): Posterior {
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
  const intervals = new Map<string, readonly [number, number]>()
  const rows: UnitWeekMeasureRow[] = []
  for (const unit_id of unitIds) {
    const first = tally.firstWeekOf(unit_id)
    for (let week = first ?? currentWeek + 1; week <= currentWeek; week++) {
      for (const measure of measures) {
        for (const window of windowsOf[measure]) {
          const count = tally.sum(unit_id, measure, week, Number(window.slice(1)))
          if (count.denominator === 0) continue
          const posterior = posteriorOf(measure, count)
          const key = `${measure} ${count.numerator} ${count.denominator}`
          const [lower80, upper80] = intervals.get(key) ?? interval80(posterior)
          intervals.set(key, [lower80, upper80])
          rows.push({
            unit_id,
            scope: 'own',
            week: mondayOfWeekNumber(week),
            measure,
            window,
            ...count,
            estimate: posterior.mean,
            lower80,
            upper80,
            policy_version: policyVersion,
          })
        }
      }
    }
  }
  return rows
}
