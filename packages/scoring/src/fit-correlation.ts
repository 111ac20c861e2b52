import type { PersonCorrelation, ScoringRules } from './scoring-policy.ts'

/** How one unit's days of one measure are shared out: sums over its people, so that none of them is told apart. */
export interface PersonSums {
  /** People with at least one day in the denominator, their days and how many of those were successes. */
  readonly persons: number
  readonly days: number
  readonly successes: number
  /** Sums over the people of days^2, and of successes^2 / days. */
  readonly squaredDays: number
  readonly squaredSuccessesByDays: number
}

export interface FittedCorrelation {
  readonly rho: number
  /** Units with two people or more, their people and their days. */
  readonly units: number
  readonly persons: number
  readonly days: number
}

/** Above it a month of a person would say little more than three days: data that seem to say so have another fault. */
const MOST_RHO = 0.5

/**
 * How alike two days of one person are within a unit: the analysis-of-variance estimator of the intraclass correlation of binary data
 * (Donner 1986; Ridout, Demetrio and Firth 1999), with people nested in units and both sums of squares pooled over the units, so that
 * what sets units apart does not count as likeness of days. Kept within 0 and 0.5. Undefined where nothing can be compared: no unit with two
 * people, nobody with two days, or all or none of the days successes.
 */
export function fitCorrelation(units: readonly PersonSums[]): FittedCorrelation | undefined {
  const compared = units.filter(({ persons, days }) => persons >= 2 && days > 0)
  const sum = (of: (unit: PersonSums) => number) => compared.reduce((total, unit) => total + of(unit), 0)
  const [persons, days] = [sum((unit) => unit.persons), sum((unit) => unit.days)]
  const between = sum(
    ({ squaredSuccessesByDays, successes, days: all }) => squaredSuccessesByDays - successes ** 2 / all,
  )
  const within = sum(({ successes, squaredSuccessesByDays }) => successes - squaredSuccessesByDays)
  const [betweenFreedom, withinFreedom] = [persons - compared.length, days - persons]
  if (betweenFreedom <= 0 || withinFreedom <= 0) return undefined
  const meanBetween = between / betweenFreedom
  const meanWithin = within / withinFreedom
  // The days of a typical person, a little below their mean where people's days differ.
  const size = sum(({ days: all, squaredDays }) => all - squaredDays / all) / betweenFreedom
  const all = meanBetween + (size - 1) * meanWithin
  if (!(all > 0)) return undefined
  const rho = (meanBetween - meanWithin) / all
  return { rho: Math.min(MOST_RHO, Math.max(0, rho)), units: compared.length, persons, days }
}

/** What a fit says of one measure; `proposed` is absent where the present value is kept. */
export interface CorrelationProposal {
  readonly measure: keyof PersonCorrelation
  readonly present: number
  readonly proposed: number | undefined
  readonly units: number
  readonly persons: number
  readonly days: number
  readonly reason: 'fitted' | 'too_few_units' | 'too_few_persons' | 'no_difference'
}

export const LEAST_CORRELATED_UNITS = 8
/** With fewer the fit is off by more than a few hundredths, which is as much as rho is worth. */
export const LEAST_PERSONS = 100

export function proposeCorrelations(
  sumsOf: (measure: keyof PersonCorrelation) => readonly PersonSums[],
  rules: ScoringRules,
): readonly CorrelationProposal[] {
  return (['A1', 'A2', 'A3'] as const).map((measure) => {
    const compared = sumsOf(measure).filter(({ persons }) => persons >= 2)
    const total = (of: (unit: PersonSums) => number) => compared.reduce((sum, unit) => sum + of(unit), 0)
    const about = {
      measure,
      present: rules.personCorrelation[measure],
      units: compared.length,
      persons: total((unit) => unit.persons),
      days: total((unit) => unit.days),
    }
    const kept = (reason: CorrelationProposal['reason']) => ({ ...about, proposed: undefined, reason })
    if (about.units < LEAST_CORRELATED_UNITS) return kept('too_few_units')
    if (about.persons < LEAST_PERSONS) return kept('too_few_persons')
    const fitted = fitCorrelation(compared)
    if (fitted === undefined) return kept('no_difference')
    return { ...about, proposed: Number(fitted.rho.toFixed(3)), reason: 'fitted' }
  })
}
