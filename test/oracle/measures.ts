import { createBeta } from './beta.ts'
import { mondayOfWeekNumber } from './city-time.ts'
import { type Measure, minuteClasses, type ScoredMeasure } from './facts.ts'
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

const minuteMeasures = minuteClasses.map((code) => `A5.${code}` as const)

const windowsOf: Readonly<Record<Measure, readonly string[]>> = {
  A1: ['W1', 'R4'],
  A2: ['W1', 'R4'],
  A3: ['W1', 'R4'],
  ...({ A4: ['W1', 'R4'], 'A5.TL1': ['R4'], 'A5.TL2': ['R4'], 'A5.TL3': ['R4'], 'A5.TL4': ['R4'] } as const),
  ...({ 'A5.PSW1': ['R4'], 'A5.PSW2': ['R4'], 'A5.PSW3': ['R4'], 'A5.PSW4': ['R4'] } as const),
  B1: ['W1', 'R4'],
  B2: ['R4'],
  B3: ['R4'],
  B4: ['W1', 'R13'],
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
  ...(['A4', ...minuteMeasures, 'B1', 'B2', 'B3', 'B4'] as const),
  ...(['S8', 'S9', 'S10', 'S13', 'S14', 'S15', 'K1', 'K2', 'K3'] as const),
]

/** The posterior of a measure: a Beta for shares of cases, a normal for means of ratings. */
export type Posterior =
  | { readonly kind: 'beta'; readonly mean: number; readonly a: number; readonly b: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }

/** How alike days of one person are, by measure: 0 where they are not. */
export type PersonCorrelation = Readonly<Record<'A1' | 'A2' | 'A3', number>>

/**
 * Days of one person are alike: n of them weigh as n / (1 + (k - 1) rho), k being the mean over the days of how many days
 * their person has. The factor, for one unit, week and window.
 */
export function alikeness(measure: Measure | 'S12', count: Count, squaredDays: number, rho: PersonCorrelation): number {
  if (measure !== 'A1' && measure !== 'A2' && measure !== 'A3') return 1
  return count.denominator === 0 ? 1 : 1 + (squaredDays / count.denominator - 1) * rho[measure]
}

/**
 * The estimate is the mean of prior and counted cases, each of weight one. Its variance is that of (weight + n)^2 /
 * (weight + n alike) independent cases, since the variance of the counted ones' sum is `alike` times as large.
 */
export function posteriorOf(measure: ScoredMeasure, { numerator, denominator }: Count, alike = 1): Posterior {
  const [prior, weight] = priors[measure]
  const mean = (numerator + weight * prior) / (denominator + weight)
  if (measure === 'S5' || measure === 'S6') return { kind: 'normal', mean, sd: 0.28 / Math.sqrt(denominator + weight) }
  const cases = (denominator + weight) ** 2 / (denominator * alike + weight)
  return { kind: 'beta', mean, a: mean * cases, b: (1 - mean) * cases }
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

function isScored(measure: Measure | 'S12'): measure is ScoredMeasure {
  return Object.hasOwn(priors, measure)
}

/** With a prior its posterior; else the plain ratio and Jeffreys' interval, of a share or (K2, a number a week; S12) of a rate. */
function judge(measure: Measure | 'S12', count: Count, alike: number): Judged {
  if (isScored(measure)) {
    const posterior = posteriorOf(measure, count, alike)
    const [lower80, upper80] = interval80(posterior)
    return { estimate: posterior.mean, lower80, upper80 }
  }
  const { numerator, denominator } = count
  const estimate = (measure === 'S15' ? Math.min(numerator, denominator) : numerator) / denominator
  if (measure === 'K2' || measure === 'S12') {
    const lower80 = Math.min(numerator, gammaQuantile(0.1, numerator + 0.5)) / denominator
    return { estimate, lower80, upper80: gammaQuantile(0.9, numerator + 0.5) / denominator }
  }
  // A4 counts minutes of days of 450; more answers than invitations are as good as one to each.
  const most = measure === 'A4' ? 450 : 1
  const successes = Math.min(numerator / most, denominator)
  const beta = createBeta(successes + 0.5, denominator - successes + 0.5)
  return {
    estimate,
    lower80: Math.min(estimate, most * beta.quantile(0.1)),
    upper80: Math.max(estimate, most * beta.quantile(0.9)),
  }
}

/** K2 counts actions over weeks, all else cases over cases. */
export function exposed(measure: Measure, count: Count, weeks: number): Count {
  if (measure !== 'K2') return count
  return { numerator: count.numerator, denominator: count.numerator === 0 ? 0 : weeks }
}

export interface UnitWeekMeasureRow {
  readonly unit_id: string
  readonly scope: 'own' | 'area'
  readonly week: string
  readonly measure: Measure | 'S12'
  readonly window: string
  readonly numerator: number
  readonly denominator: number
  readonly estimate: number
  readonly lower80: number
  readonly upper80: number
  readonly policy_version: string
}

/** Every measure and window of a unit's or area's week. */
export const countedWindows = measures.flatMap((measure) =>
  windowsOf[measure].map((window) => ({ measure, window, weeks: Number(window.slice(1)) })),
)

type Place = Pick<UnitWeekMeasureRow, 'unit_id' | 'scope' | 'week' | 'measure' | 'window' | 'policy_version'>

const known = new Map<string, Judged>()

export function judgedRow(place: Place, count: Count, squaredDays: number, rho: PersonCorrelation): UnitWeekMeasureRow {
  const { measure } = place
  const alike = alikeness(measure, count, squaredDays, rho)
  const key = `${measure} ${count.numerator} ${count.denominator} ${alike}`
  const judged = known.get(key) ?? judge(measure, count, alike)
  known.set(key, judged)
  return { ...place, ...count, ...judged }
}

export function measureRows(
  unitIds: readonly string[],
  tally: Tally,
  currentWeek: number,
  policyVersion: string,
  rhoOf: (week: string) => PersonCorrelation,
): UnitWeekMeasureRow[] {
  const rows: UnitWeekMeasureRow[] = []
  for (const unit_id of unitIds) {
    const first = tally.firstWeekOf(unit_id)
    for (let number = first ?? currentWeek + 1; number <= currentWeek; number++) {
      const week = mondayOfWeekNumber(number)
      for (const { measure, window, weeks } of countedWindows) {
        const count = exposed(measure, tally.sum(unit_id, measure, number, weeks), weeks)
        if (count.denominator === 0) continue
        const squared = tally.squaredDays(unit_id, number, weeks)
        const place = { unit_id, scope: 'own', week, measure, window, policy_version: policyVersion } as const
        rows.push(judgedRow(place, count, squared, rhoOf(week)))
      }
    }
  }
  return rows
}
